"""Piteå's guarantee: paid after the report, and then the loss that was made, up to what was guaranteed."""

from grants.money import Sheet, kr, written

CEILING = kr("20000")


def but(hand, proposed="15000", outcome=None, **changes):
    return {"hand": hand, "proposed": proposed, "outcome": outcome, "received": "2026-03-01", "held": "2026-06-01", **changes}


CASES = {
    "beviljad_garanti": but("15000"),
    "precis_taket": but("20000", "20000"),
    "over_taket": but("20000", "25000"),
    "forlusten_ar_mindre": but("9000", outcome=("50000", "41000")),
    "precis_forlusten": but("15000", outcome=("50000", "35000")),
    "forlusten_ar_storre": but("15000", outcome=("50000", "20000")),
    "forlust_och_tak": but("20000", "25000", outcome=("80000", "20000")),
    "vinst": but("0", outcome=("50000", "60000")),
    "pa_oret": but("0.01", outcome=("50000.01", "50000")),
    "fore_arrangemanget": but("15000", received="2026-06-01"),
    "for_sent": but("0", received="2026-06-02"),
    "utan_forslag": but("0", None),
}


def reckon(case):
    sheet = Sheet()
    sheet.require("for_sent", case["received"] <= case["held"])
    if case["proposed"] is None:
        sheet.require("garanti", None)
    else:
        sheet.add("garanti", kr(case["proposed"]))
    sheet.limit("tak", CEILING)
    if case["outcome"]:
        costs, incomes = map(kr, case["outcome"])
        sheet.limit("forlust", max(0, costs - incomes))
    result = sheet.close()
    total = kr(result["total"])
    return {**result, "payouts": {"utbetalning": written(total)} if total else {}}
