"""Götene: the year's appropriation divided by everybody's approved participations."""

from grants import attendance as att
from grants.money import Sheet, kr, written
from grants.pots import shared

DUE = "2027-02-25"
POT = kr("100000")

A = ["2026-01-13 *8w 18:00-19:00: 10 f 2014, 5 m 2014; leader m 1985"]
B = ["2026-01-13 *8w 18:00-19:00: 10 f 2014; leader m 1985"]
C = [
    "2026-01-13 *4w 18:00-19:00: 3 f 2014; leader m 1985",
    "2026-03-03 18:00-19:00: 1 f 2001-01-01, 3 m 2000-12-31, 2 f 2014; leader m 1985",
]

CASES = {
    "stor_forening": {"hand": "55814", "allocated": "55814", "occasions": A},
    "mellanstor_forening": {"hand": "37209", "allocated": "37209", "occasions": B},
    "liten_forening": {"hand": "6977", "allocated": "6977", "occasions": C},
    "fore_fordelningen": {"hand": "0", "occasions": B},
    "minsta_tid": {
        "hand": "0",
        "occasions": ["2026-02-03 18:00-18:45: 3 f 2014; leader m 1985", "2026-02-04 18:00-18:44: 3 f 2014; leader m 1985"],
    },
    "minsta_antal": {
        "hand": "0",
        "occasions": ["2026-02-03 18:00-19:00: 3 f 2014; leader m 1985", "2026-02-04 18:00-19:00: 2 f 2014; leader m 1985"],
    },
    "ledarens_alder": {
        "hand": "0",
        "occasions": [
            "2026-02-03 18:00-19:00: 3 m 2014; leader m 2013-12-31",
            "2026-02-04 18:00-19:00: 3 m 2014; leader m 2014-01-01",
        ],
    },
    "aldersgranserna": {
        "hand": "0",
        "occasions": ["2026-02-03 18:00-19:00: 2 f 2019-12-31, 1 f 2020-01-01, 2 m 2001-01-01, 1 m 2000-12-31; leader m 1985"],
    },
    "sista_dagen": {"hand": "37209", "allocated": "37209", "received": "2027-02-25", "occasions": B},
    "en_dag_sent": {"hand": "0", "received": "2027-02-26", "occasions": B},
}

ROUNDS = {
    "tre_foreningar": {"cases": ["stor_forening", "mellanstor_forening", "liten_forening"]},
    # The late one takes no part.
    "en_for_sen": {"cases": ["en_dag_sent", "mellanstor_forening"]},
    "lika_manga": {"entries": {name: {"deltagartillfallen": marks} for name, marks in (("forst", 1), ("sedan", 1), ("sist", 1), ("utan", 0))}},
}


def reckon(case):
    occasions, sheet, cuts = att.read(case["occasions"]), Sheet(), {}
    sheet.require("for_sent", case.get("received", "2027-02-10") <= DUE)
    cuts["min_minutes"] = att.short(occasions, 45)
    cuts["with_leader"] = att.without_leader(occasions, 13)
    cuts["eligible_only"] = att.outside_ages(occasions, 7, 25)
    cuts["at_least"] = att.few(occasions, 3)
    sheet.other["measures"] = {"deltagartillfallen": str(att.participations(occasions))}
    if "allocated" in case:
        sheet.add("andel", kr(case["allocated"]))
    else:
        sheet.require("andel", None)
    sheet.other["account"] = att.account(occasions, cuts)
    return sheet.close()


def share(round_):
    names, marks = [], []
    for name in round_.get("cases", []):
        result = reckon(CASES[name])
        if "fail" not in result["checks"].values():
            names.append(name)
            marks.append(int(result["measures"]["deltagartillfallen"]))
    for name, entry in round_.get("entries", {}).items():
        names.append(name)
        marks.append(entry["deltagartillfallen"])
    shares = {name: written(part) for name, part in zip(names, shared(POT, marks))}
    return {"shares": shares, "totals": shares}
