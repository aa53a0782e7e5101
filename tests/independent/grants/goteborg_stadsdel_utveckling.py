"""Göteborg: what is more than four price base amounts the committee decides."""

from grants.money import Sheet, kr

PRICE_BASE = {"2025": kr("58800"), "2026": kr("59200")}


def but(hand, proposed, **changes):
    return {"hand": hand, "proposed": proposed, "asked": "500000", "period": "2026", "received": "2026-03-01", **changes}


CASES = {
    "typiskt": but("100000", "100000"),
    "precis_fyra_prisbasbelopp": but("236800", "236800"),
    "ett_ore_over": but("236800.01", "236800.01"),
    "over_fyra_prisbasbelopp": but("300000", "300000"),
    "forra_arets_grans": but("235200", "235200", period="2025", received="2025-03-01"),
    "ett_ore_over_forra_arets_grans": but("235200.01", "235200.01", period="2025", received="2025-03-01"),
    "mer_an_det_sokta": but("200000", "300000", asked="200000"),
    "sista_dagen": but("100000", "100000", received="2026-12-31"),
    "en_dag_sent": but("0", "300000", received="2027-01-01"),
    "utan_forslag": but("0", None),
}


def reckon(case):
    sheet = Sheet()
    sheet.require("for_sent", case["received"] <= f"{case['period']}-12-31")
    if case["proposed"] is None:
        sheet.require("foreslaget_belopp", None)
    else:
        sheet.add("foreslaget_belopp", kr(case["proposed"]))
    sheet.limit("over_sokt", kr(case["asked"]))
    result = sheet.close()
    return {**result, "route": "namnd" if kr(result["total"]) > 4 * PRICE_BASE[case["period"]] else ""}
