"""Alvesta: all of a course's cost, up to a yearly ceiling that follows last year's activities."""

from datetime import date

from grants.money import Sheet, kr

CEILINGS = [(20, 99, kr("6000")), (100, 249, kr("8000")), (250, 399, kr("10000")), (400, 10**9, kr("15000"))]
GRANT = "alvesta-ledarutb"


def but(hand, cost="20000", activities=50, **changes):
    return {"hand": hand, "cost": cost, "activities": activities, "ended": "2026-01-15", "received": "2026-03-01", **changes}


CASES = {
    "hela_kursen": but("5000", "5000"),
    "precis_taket": but("6000", "6000"),
    "ett_ore_over_taket": but("6000", "6000.01"),
    "nitton_aktiviteter": but("0", "5000", 19),
    "tjugo_aktiviteter": but("6000", activities=20),
    "nittionio_aktiviteter": but("6000", activities=99),
    "hundra_aktiviteter": but("8000", activities=100),
    "tvahundrafyrtionio_aktiviteter": but("8000", activities=249),
    "tvahundrafemtio_aktiviteter": but("10000", activities=250),
    "trehundranittionio_aktiviteter": but("10000", activities=399),
    "fyrahundra_aktiviteter": but("15000", activities=400),
    "tidigare_samma_ar": but("2000", "5000", earlier=[(GRANT, "2026", "4000")]),
    "taket_redan_natt": but("0", "5000", earlier=[(GRANT, "2026", "6000")]),
    "pa_dagen_tre_manader": but("5000", "5000", received="2026-04-15"),
    "en_dag_sent": but("0", "5000", received="2026-04-16"),
    "okant_antal": but("5000", "5000", activities=None),
}


def reckon(case):
    sheet, activities = Sheet(), case["activities"]
    ended, received = date.fromisoformat(case["ended"]), date.fromisoformat(case["received"])
    months = (received.year - ended.year) * 12 + received.month - ended.month
    sheet.require("for_sent", months < 3 or (months == 3 and received.day <= ended.day))
    sheet.require("for_fa_aktiviteter", None if activities is None else activities >= 20)
    sheet.add("ledarutbildning", kr(case["cost"]))
    ceiling = next((most for low, high, most in CEILINGS if activities is not None and low <= activities <= high), None)
    if ceiling is None and activities is None:
        sheet.require("tak", None)
    elif ceiling is not None:
        sheet.limit("tak", max(0, ceiling - sum(kr(amount) for _, _, amount in case.get("earlier", []))))
    return sheet.close()
