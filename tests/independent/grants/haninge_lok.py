"""Haninge: a multiplier by age, three for a disability, times the year's amount; a ladder for what comes late."""

from grants import attendance as att
from grants.money import Sheet, by_days, days_late, kr

DUE = "2026-08-25"
BASE = kr("7.00")
LATE = [(7, 25), (21, 50), (36, 75)]
AGES = [(7, 12, kr("1")), (13, 16, kr("1.5")), (17, 20, kr("2"))]

EVENING = ["2026-02-03 18:00-19:00: 10 f 2014; leader m 1985"]

CASES = {
    "en_vanlig_termin": {"hand": "980", "occasions": ["2026-01-13 *8w 18:00-19:00: 10 f 2014, 5 m 2010; leader m 1985"]},
    "aldersbanden": {
        "hand": "63",
        "occasions": [
            "2026-02-03 18:00-19:00: 1 m 2020, 1 m 2019, 1 m 2014, 1 m 2013, 1 m 2010, 1 m 2009, 1 m 2006, 1 m 2005; leader m 1985"
        ],
    },
    "funktionsnedsattning": {
        "hand": "49",
        "occasions": ["2026-02-03 18:00-19:00: 1 f 2014 d, 1 f 1990 d, 1 f 2020 d, 1 m 2014; leader m 1985"],
    },
    "minsta_tid": {
        "hand": "21",
        "occasions": ["2026-02-03 18:00-18:45: 3 m 2014; leader m 1985", "2026-02-04 18:00-18:44: 3 m 2014; leader m 1985"],
    },
    "minsta_antal": {
        "hand": "21",
        "occasions": ["2026-02-03 18:00-19:00: 3 m 2014; leader m 1985", "2026-02-04 18:00-19:00: 2 m 2014; leader m 1985"],
    },
    "ledarens_alder": {
        "hand": "21",
        "occasions": [
            "2026-02-03 18:00-19:00: 3 m 2014; leader m 2013-12-31",
            "2026-02-04 18:00-19:00: 3 m 2014; leader m 2014-01-01",
        ],
    },
    "sista_dagen": {"hand": "70", "received": "2026-08-25", "occasions": EVENING},
    "sju_dagar_sent": {"hand": "52.50", "received": "2026-09-01", "occasions": EVENING},
    "atta_dagar_sent": {"hand": "35", "received": "2026-09-02", "occasions": EVENING},
    "tjugoen_dagar_sent": {"hand": "35", "received": "2026-09-15", "occasions": EVENING},
    "tjugotva_dagar_sent": {"hand": "17.50", "received": "2026-09-16", "occasions": EVENING},
    "trettiosex_dagar_sent": {"hand": "17.50", "received": "2026-09-30", "occasions": EVENING},
    "trettiosju_dagar_sent": {"hand": "0", "received": "2026-10-01", "occasions": EVENING},
    "komplett_atta_dagar_sent": {"hand": "70", "received": "2026-08-20", "complete": "2026-09-02", "occasions": EVENING},
    "sen_och_komplett_annu_senare": {"hand": "52.50", "received": "2026-09-01", "complete": "2026-09-16", "occasions": EVENING},
    "anstand": {"hand": "70", "received": "2026-09-02", "due": "2026-09-02", "occasions": EVENING},
}


def multiplier(occasion, mark):
    if mark.disability:
        return kr("3")
    return next(value for low, high, value in AGES if low <= occasion.age(mark) <= high)


def reckon(case):
    occasions, sheet, cuts = att.read(case["occasions"]), Sheet(), {}
    received = case.get("received", "2026-08-20")
    cuts["min_minutes"] = att.short(occasions, 45)
    cuts["with_leader"] = att.without_leader(occasions, 13)
    cuts["eligible_only"] = att.outside_ages(occasions, 7, 20)
    cuts["at_least"] = att.few(occasions, 3)
    sheet.add("poang", BASE * sum(multiplier(occasion, mark) for occasion in occasions for mark in occasion.participants()))
    # The day of receipt counts (Administrative Procedure Act, section 22), not the day when nothing more was missing.
    sheet.reduce("forsening", by_days(LATE, days_late(case.get("due", DUE), received)))
    sheet.other["account"] = att.account(occasions, cuts)
    return sheet.close()
