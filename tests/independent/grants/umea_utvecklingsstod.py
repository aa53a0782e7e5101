"""Umeå's support for development: what an officer proposes, at most half of it in advance, less any profit."""

from grants.money import ORE, Sheet, kr, rounded, written

DUES = {"2026-1": "2026-01-15", "2026-2": "2026-03-15", "2026-6": "2026-11-15"}


def but(hand, **changes):
    case = {"hand": hand, "period": "2026-2", "received": "2026-03-01", "proposed": "20000", "asked": "25000", "advance": True}
    return {**case, "plan": ("60000", "35000"), "outcome": None, **changes}


CASES = {
    "typiskt": but("20000"),
    "udda_oren": but("12345.67", proposed="12345.67"),
    "utan_forskott": but("20000", advance=False),
    "precis_underskottet": but("25000", proposed="25000"),
    "overskott_i_kalkylen": but("20000", proposed="25000", plan=("55000", "35000")),
    "mer_an_det_sokta": but("10000", asked="10000"),
    "overskott_i_redovisningen": but("15000", outcome=("50000", "35000")),
    "inget_overskott_i_redovisningen": but("20000", outcome=("55000", "35000")),
    "bara_overskott": but("0", outcome=("30000", "35000")),
    "utan_forslag": but("0", proposed=None),
    "sista_dagen": but("20000", received="2026-03-15"),
    "en_dag_sent": but("0", received="2026-03-16"),
    "forsta_omgangen": but("20000", period="2026-1", received="2026-01-15"),
    "sista_omgangen_en_dag_sent": but("0", period="2026-6", received="2026-11-16"),
}


def reckon(case):
    sheet = Sheet()
    sheet.require("for_sent", case["received"] <= DUES[case["period"]])
    if case["proposed"] is None:
        sheet.require("foreslaget_belopp", None)
    else:
        sheet.add("foreslaget_belopp", kr(case["proposed"]))
    sheet.limit("over_sokt", kr(case["asked"]))
    costs, incomes = map(kr, case["outcome"] or case["plan"])
    profit = max(0, sheet.sum + incomes - costs)
    sheet.add("overskott", -min(sheet.sum, profit))
    result = sheet.close()
    total, payouts = kr(result["total"]), {}
    if case["advance"] and case["outcome"] is None:
        payouts["forskott"] = rounded(total / 2, ORE)
    payouts["slutbetalning"] = total - sum(payouts.values())
    return {**result, "payouts": {name: written(amount) for name, amount in payouts.items() if amount}}
