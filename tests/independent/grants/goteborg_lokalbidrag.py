"""Göteborg's grant for premises: 65 percent of the cost after rents, with a ceiling by whom the premises are for."""

from datetime import date

from grants.money import KRONA, Sheet, kr

# The first of March 2026 is a Sunday.
DUE = "2026-03-02"
CEILING = {"ungdom": kr("200000"), "funktionsratt": kr("200000"), "pensionar": kr("100000")}
# Rows that are read and not summed.
SHOWN = {"kostnader", "hyresintakter"}
GRANT = "goteborg-aktivitetsbidrag-2026"
BOTH = [(GRANT, "2025-H1", "12000"), (GRANT, "2025-H2", "12000")]


def but(hand, **changes):
    case = {"hand": hand, "for": "ungdom", "costs": "200000", "rents": "40000", "own": 50}
    return {**case, "lease": ("2026-01-01", "2026-12-31"), **changes}


CASES = {
    "typiskt": but("104000"),
    "precis_taket": but("200000", costs="307692", rents="0"),
    "over_taket": but("200000", costs="400000", rents="0"),
    "funktionsratt_over_taket": but("200000", **{"for": "funktionsratt"}, costs="400000", rents="0"),
    "pensionarer_under_taket": but("65000", **{"for": "pensionar"}, costs="100000", rents="0"),
    "pensionarer_over_taket": but("100000", **{"for": "pensionar"}, costs="200000", rents="0"),
    "inget_kvar_efter_hyror": but("0", costs="40000", rents="50000"),
    "ett_ars_kontrakt": but("104000", lease=("2026-03-01", "2027-02-28")),
    "en_dag_for_kort_kontrakt": but("0", lease=("2026-01-01", "2026-12-30")),
    "kontraktet_saknas": but("0", paper=None),
    "egen_lokal": but("104000", lease=None),
    "for_lite_egen_anvandning": but("0", own=49),
    "utan_hostens_bidrag": but("0", earlier=BOTH[:1]),
    "inte_godkand": but("0", approved=("2025-01-01", "2025-12-31")),
    "sista_dagen": but("104000", received="2026-03-02"),
    "en_dag_sent": but("0", received="2026-03-03"),
}


def reckon(case):
    sheet, received = Sheet(), case.get("received", "2026-02-10")
    first, last = case.get("approved", ("2026-01-01", "2026-12-31"))
    sheet.require("goteborg-aktivitetsbidragsgodkand", first <= received <= last)
    periods = {period for _, period, _ in case.get("earlier", BOTH)}
    sheet.require("bidrag_varen", "2025-H1" in periods)
    sheet.require("bidrag_hosten", "2025-H2" in periods)
    if case["lease"]:
        begins, ends = map(date.fromisoformat, case["lease"])
        sheet.require("for_kort_kontrakt", (ends - begins).days + 1 >= 365)
        sheet.require("kontrakt_saknas", case.get("paper", "uploaded") is not None)
    sheet.require("for_lite_egen_anvandning", case["own"] >= 50)
    sheet.require("for_sent", received <= DUE)
    costs, rents = kr(case["costs"]), kr(case["rents"])
    sheet.show("kostnader", costs)
    sheet.show("hyresintakter", rents)
    sheet.add("lokalbidrag", max(0, costs - rents) * kr("0.65"))
    sheet.limit("tak", CEILING[case["for"]])
    return sheet.close(KRONA)
