"""Sorsele's travel grant: kronor for every Swedish mile both ways, more for nine people than for eight."""

from grants.money import Sheet, kr

FEW, MANY, MOST_FEW, RADIUS = kr("5"), kr("10"), 8, 100
SHOWN = ("bidragsgrundande_mil",)


def but(hand, *trips, received="2026-08-10", federation=True):
    return {"hand": hand, "trips": trips, "received": received, "federation": federation}


# A trip: miles one way, people, prize money.
CASES = {
    "vanlig": but("720", (12, 6, False), (30, 14, False)),
    "atta_personer": but("400", (40, 8, False)),
    "nio_personer": but("800", (40, 9, False)),
    "radien_precis": but("1000", (100, 4, False)),
    "radien_over": but("100", (101, 4, False), (10, 3, False)),
    "prispengar": but("400", (50, 12, True), (20, 9, False)),
    "bara_prispengar": but("0", (50, 12, True)),
    "sista_dagen": but("250", (25, 5, False), received="2026-08-31"),
    "for_sen": but("0", (25, 5, False), received="2026-09-01"),
    "utan_riksforbund": but("0", (25, 5, False), federation=False),
}


def reckon(case):
    sheet = Sheet()
    late = case["received"] > "2026-08-31"
    sheet.require("riksforbund", case["federation"])
    sheet.require("for_sent", not late)
    sheet.warn("langre_an_radien", any(miles > RADIUS for miles, _, _ in case["trips"]))
    counted = [(miles, people) for miles, people, prize in case["trips"] if miles <= RADIUS and not prize]
    sheet.require("nagon_resa", bool(counted))
    sheet.show("bidragsgrundande_mil", kr(sum(2 * miles for miles, _ in counted)))
    for miles, people in counted:
        sheet.add("resor", 2 * miles * (FEW if people <= MOST_FEW else MANY))
    if late:
        sheet.other["dismissed"] = True
    return sheet.close()
