"""Umeå's support for rents: kronor per occasion, at most 60 percent of the cost and so much a term."""

from grants import attendance as att
from grants.money import Sheet, kr

DUES = {"2026-H1": "2026-09-30", "2025-H2": "2026-03-31"}
RATE = kr("250")
GRANT = "umea-aktivitetsstod"


def evenings(number, card=1):
    return f"2026-01-01 *{number}d 18:00-19:00 card={card}: 3 f 2014; leader m 1985"


def but(hand, occasions=(evenings(40),), cost="50000", **changes):
    return {"hand": hand, "occasions": list(occasions), "cost": cost, "earlier": [(GRANT, "2026-H1", "8000")], **changes}


CASES = {
    "typiskt": but("10000"),
    "precis_andelen": but("10000", cost="16666.67"),
    "over_andelen": but("9999.60", cost="16666"),
    "precis_taket": but("125000", [evenings(167), evenings(167, 2), evenings(166, 3)], cost="300000"),
    "over_taket": but("125000", [evenings(167), evenings(167, 2), evenings(167, 3)], cost="300000"),
    "bara_godkanda_sammankomster": but(
        "250",
        [
            "2026-02-03 18:00-19:00: 1 f 2019, 1 f 2014, 1 f 2001; leader m 1985",
            "2026-02-04 18:00-18:59: 3 f 2014; leader m 1985",
            "2026-02-05 18:00-19:00: 2 f 2014; leader m 1985",
            "2026-02-06 18:00-19:00: 3 f 2014",
            "2026-02-07 18:00-19:00: 2 f 2014, 1 f 2000; leader m 1985",
            "2026-02-08 18:00-19:00: 2 f 2014, 1 f 2020; leader m 1985",
        ],
    ),
    "utan_aktivitetsstod": but("0", earlier=[(GRANT, "2025-H2", "8000")]),
    "subventionerad_lokal": but("0", subsidised=True),
    "utanfor_kommunen": but("0", here=False),
    "sista_dagen": but("10000", received="2026-09-30"),
    "en_dag_sent": but("0", received="2026-10-01"),
    "hosten": but(
        "250",
        ["2025-10-01 18:00-19:00: 3 f 2014; leader m 1985"],
        period="2025-H2",
        received="2026-03-31",
        earlier=[(GRANT, "2025-H2", "8000")],
    ),
}


def reckon(case):
    occasions, sheet, cuts = att.read(case["occasions"]), Sheet(), {}
    period = case.get("period", "2026-H1")
    sheet.require("utan_aktivitetsstod", any(earlier == period for _, earlier, _ in case["earlier"]))
    sheet.require("subventionerad_lokal", not case.get("subsidised", False))
    sheet.require("utanfor_kommunen", case.get("here", True))
    sheet.require("for_sent", case.get("received", "2026-09-01") <= DUES[period])
    cuts["min_minutes"] = att.short(occasions, 60)
    cuts["with_leader"] = att.without_leader(occasions, 0)
    cuts["eligible_only"] = att.outside_ages(occasions, 7, 25)
    cuts["at_least"] = att.few(occasions, 3)
    sheet.add("sammankomster", RATE * len(att.held(occasions)))
    sheet.limit("hogsta_andel", kr(case["cost"]) * kr("0.6"))
    sheet.limit("tak_termin", kr("125000"))
    sheet.other["account"] = att.account(occasions, cuts)
    return sheet.close()
