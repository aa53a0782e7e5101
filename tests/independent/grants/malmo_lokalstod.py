"""Malmö's support for premises: a base and kronor per member, but no more than three quarters of the cost."""

from grants.members import aged, number, read
from grants.money import Sheet, kr

DUE = "2026-04-15"


def but(hand, members=("40 f 2014",), cost="50000", **changes):
    return {"hand": hand, "members": list(members), "cost": cost, **changes}


CASES = {
    "typiskt": but("16000"),
    "strax_under_andelen": but("15400", members=["36 f 2014"], cost="20533.34"),
    "strax_over_andelen": but("15400", members=["36 f 2014"], cost="20533.33"),
    "over_andelen": but("15000", cost="20000"),
    "aldrarna": but(
        "10600", members=["1 f 2022", "1 f 2023", "1 f 2001", "1 f 2000", "1 m 1961", "1 m 1962", "1 m 1980"], disabled=1
    ),
    "inga_kostnader": but("0", cost="0"),
    "subventionerad_lokal": but("0", subsidised=True),
    "sista_dagen": but("16000", received="2026-04-15"),
    "en_dag_sent": but("0", received="2026-04-16"),
    "brutet_rakenskapsar": but("16000", received="2026-10-15", due="2026-10-15"),
    "brutet_rakenskapsar_en_dag_sent": but("0", received="2026-10-16", due="2026-10-15"),
}


def reckon(case):
    sheet, members = Sheet(), read(case["members"])
    sheet.require("subventionerad_lokal", not case.get("subsidised", False))
    sheet.require("for_sent", case.get("received", "2026-04-01") <= case.get("due", DUE))
    count = number(aged(members, 2026, 4, 25)) + number(aged(members, 2026, 65, 200)) + case.get("disabled", 0)
    sheet.add("grundbelopp", kr("10000"))
    sheet.add("medlemmar", count * kr("150"))
    sheet.limit("hogsta_andel", kr(case["cost"]) * kr("0.75"))
    return sheet.close()
