"""Botkyrka: points by age, half as many again for girls, times the year's kronor per point."""

from grants import attendance as att
from grants.money import Sheet, kr

DUE = "2026-08-25"
POINT = kr("6.50")
AGES = [(4, 12, kr("1")), (13, 16, kr("1.5")), (17, 200, kr("2"))]
MINUTES = [(4, 5, 40), (6, 200, 45)]

EVENING = ["2026-02-03 18:00-19:00: 3 m 2014; leader m 1985"]
EACH_AGE = ", ".join(f"1 {sex} {born}" for sex in "fm" for born in (2023, 2022, 2014, 2013, 2010, 2009, 2006, 2005))

CASES = {
    "en_vanlig_termin": {"hand": "1040", "occasions": ["2026-01-13 *8w 18:00-19:00: 10 f 2014, 5 m 2014; leader m 1985"]},
    "aldersbanden": {"hand": "146.25", "occasions": [f"2026-02-03 18:00-19:00: {EACH_AGE}; leader m 1985"]},
    "minsta_tid": {
        "hand": "58.50",
        "occasions": [
            "2026-02-03 18:00-18:45: 3 m 2014; leader m 1985",
            "2026-02-04 18:00-18:44: 3 m 2014; leader m 1985",
            "2026-02-05 18:00-18:40: 3 m 2021; leader m 1985",
            "2026-02-06 18:00-18:39: 1 m 2022, 3 m 2021; leader m 1985",
            "2026-02-07 18:00-18:41: 3 m 2021, 1 m 2020; leader m 1985",
        ],
    },
    "minsta_antal": {
        "hand": "19.50",
        "occasions": ["2026-02-03 18:00-19:00: 3 m 2014; leader m 1985", "2026-02-04 18:00-19:00: 2 m 2014; leader m 1985"],
    },
    "hogsta_antal_per_ledare": {
        "hand": "429",
        "occasions": [
            "2026-02-03 18:00-19:00: 20 m 2014; leader m 1985",
            "2026-02-04 18:00-19:00: 11 m 2014, 10 f 2014; leader m 1985",
            "2026-02-05 18:00-19:00: 21 m 2014; leaders 2 m 1985",
        ],
    },
    "den_som_ger_mest_raknas": {"hand": "261.63", "occasions": ["2026-02-03 18:00-19:00: 20 m 2009, 1 f 2013; leader m 1985"]},
    "ledarens_alder": {
        "hand": "19.50",
        "occasions": [
            "2026-02-03 18:00-19:00: 3 m 2014; leader m 2013-12-31",
            "2026-02-04 18:00-19:00: 3 m 2014; leader m 2014-01-01",
        ],
    },
    "funktionsnedsattning": {"hand": "39", "occasions": ["2026-02-03 18:00-19:00: 3 m 1990 d; leader m 1985"]},
    "sista_dagen": {"hand": "19.50", "received": "2026-08-25", "occasions": EVENING},
    "en_dag_sent": {"hand": "0", "received": "2026-08-26", "occasions": EVENING},
}


def points(occasion, mark):
    value = next(value for low, high, value in AGES if low <= occasion.age(mark) <= high)
    return value * (kr("1.5") if mark.person.female else 1)


def reckon(case):
    occasions, sheet, cuts = att.read(case["occasions"]), Sheet(), {}
    sheet.require("for_sent", case.get("received", "2026-08-20") <= DUE)
    cuts["with_leader"] = att.without_leader(occasions, 13)
    cuts["eligible_only"] = att.outside_ages(occasions, 4, 20)
    cuts["min_minutes_aged"] = att.short_by_age(occasions, MINUTES)
    cuts["at_least"] = att.few(occasions, 3)
    cuts["at_most_per_leader"] = att.many(occasions, lambda occasion: 20 * len(occasion.leaders()), points)
    total = sum(points(occasion, mark) for occasion in occasions for mark in occasion.participants())
    sheet.add("poang", total * POINT)
    sheet.other["account"] = att.account(occasions, cuts)
    return sheet.close()
