"""Hudiksvall: nine tenths when the requisition is approved, the rest when the report is."""

from grants.money import ORE, Sheet, kr, rounded, written


def but(hand, proposed, asked="500000", **changes):
    return {"hand": hand, "proposed": proposed, "asked": asked, "received": "2026-03-01", "begun": "2026-06-01", **changes}


CASES = {
    "typiskt": but("100000", "100000"),
    "udda_oren": but("12345.67", "12345.67"),
    "halvt_ore": but("0.05", "0.05"),
    "precis_det_sokta": but("80000", "80000", "80000"),
    "mer_an_det_sokta": but("80000", "80000.01", "80000"),
    "paborjad_samma_dag": but("100000", "100000", begun="2026-03-01"),
    "paborjad_fore_ansokan": but("0", "100000", begun="2026-02-28"),
    "sista_dagen": but("100000", "100000", received="2026-12-31", begun="2027-02-01"),
    "en_dag_sent": but("0", "100000", received="2027-01-01", begun="2027-02-01"),
    "utan_forslag": but("0", None),
}


def reckon(case):
    sheet = Sheet()
    sheet.require("paborjad", case["received"] <= case["begun"])
    sheet.require("for_sent", case["received"] <= "2026-12-31")
    if case["proposed"] is None:
        sheet.require("foreslaget_belopp", None)
    else:
        sheet.add("foreslaget_belopp", kr(case["proposed"]))
    sheet.limit("over_sokt", kr(case["asked"]))
    result = sheet.close()
    total = kr(result["total"])
    first = rounded(total * kr("0.9"), ORE)
    payouts = {"rekvisition": first, "redovisning": total - first}
    return {**result, "payouts": {name: written(amount) for name, amount in payouts.items() if amount}}
