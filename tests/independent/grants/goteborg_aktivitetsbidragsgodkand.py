"""Göteborg's yearly approval: no money, but everything that must be so before an association may apply."""

from fractions import Fraction

from grants.members import aged, number, read, resident
from grants.money import Sheet, kr

PAPERS = ["stadgar", "arsmotesprotokoll", "verksamhetsberattelse", "ekonomisk_berattelse", "revisionsberattelse"]
LIMITS = {
    "members": ["15 f 2014"], "disabled": 0, "planned": 20, "fee": "100", "times": 10, "board": 3, "chair": "Ett", "treasurer": "Två",
    "debts": False, "papers": {paper: "uploaded" for paper in PAPERS},
}


def but(**changes):
    return {"hand": "0", **LIMITS, **changes}


CASES = {
    "pa_alla_granser": but(),
    "sju_och_tjugofem_raknas": but(members=["7 f 2019", "8 m 2001"]),
    "sex_raknas_inte": but(members=["14 f 2014", "1 f 2020"]),
    "tjugosex_raknas_inte": but(members=["14 f 2014", "1 f 2000"]),
    "fjorton_medlemmar": but(members=["14 f 2014"]),
    "pensionarer_raknas": but(members=["8 f 2014", "7 m 1961"]),
    "sextiofyra_raknas_inte": but(members=["8 f 2014", "7 m 1962"]),
    "funktionsnedsattning_raknas": but(members=["8 f 2014", "7 m 1980"], disabled=7),
    "funktionsnedsattning_en_for_lite": but(members=["8 f 2014", "7 m 1980"], disabled=6),
    "halften_bosatta": but(members=["8 f 2014", "8 f 2014 far"]),
    "under_halften_bosatta": but(members=["49 f 2014", "50 f 2014 far"]),
    "nitton_aktiviteter": but(planned=19),
    "for_lag_avgift": but(fee="99.99"),
    "nio_deltaganden": but(times=9),
    "tva_i_styrelsen": but(board=2),
    "samma_person": but(treasurer="Ett"),
    "skulder": but(debts=True),
    "protokoll_saknas": but(papers={**LIMITS["papers"], "arsmotesprotokoll": None}),
    "protokoll_kommer_senare": but(papers={**LIMITS["papers"], "arsmotesprotokoll": "later"}),
}


def reckon(case):
    sheet, members, year = Sheet(), read(case["members"]), 2026
    eligible = number(aged(members, year, 7, 25)) + number(aged(members, year, 65, 200)) + case["disabled"]
    sheet.require("for_fa_medlemmar", eligible >= 15)
    sheet.require("for_fa_bosatta", Fraction(number(resident(members)), number(members)) >= Fraction(1, 2))
    sheet.require("for_fa_aktiviteter", case["planned"] >= 20)
    sheet.require("for_lag_avgift", kr(case["fee"]) >= 100)
    sheet.require("for_fa_deltaganden", case["times"] >= 10)
    sheet.require("for_liten_styrelse", case["board"] >= 3)
    sheet.require("samma_ordforande_och_kassor", case["chair"] != case["treasurer"])
    sheet.require("har_skulder", not case["debts"])
    for paper in PAPERS:
        # A paper that is promised for later does not refuse, but somebody must wait for it.
        sheet.require(f"{paper}_saknas", case["papers"][paper] is not None)
    sheet.warn("handlingar_kommer_senare", "later" in case["papers"].values())
    return sheet.close()
