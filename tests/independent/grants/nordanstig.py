"""Nordanstig: 70 kronor for every occasion, and the rest of the pot by participations."""

from grants import attendance as att
from grants.money import Sheet, kr, written
from grants.pots import scaled, shared

DUE = "2026-08-25"
POT = kr("20000")

A = ["2026-01-13 *8w 18:00-19:00: 10 f 2014, 5 m 2014; leader m 1985"]
B = ["2026-01-13 *8w 18:00-19:00: 10 f 2014; leader m 1985"]
C = ["2026-01-13 *4w 18:00-19:00: 2 f 2014; leader m 2006"]

CASES = {
    "stor_forening": {"hand": "11088", "allocated": "10528", "occasions": A},
    "mellanstor_forening": {"hand": "7579", "allocated": "7019", "occasions": B},
    "liten_forening_med_ung_ledare": {"hand": "1333", "allocated": "1053", "occasions": C},
    "fore_fordelningen": {"hand": "560", "occasions": B},
    "potten_racker_inte": {"hand": "420", "allocated": "-140", "occasions": B},
    "minsta_antal": {
        "hand": "70",
        "occasions": [
            "2026-02-03 18:00-19:00: 2 f 2014; leader m 1985",
            "2026-02-04 18:00-19:00: 1 f 2014; leader m 2006",
            "2026-02-05 18:00-19:00: 2 f 2014",
        ],
    },
    "aldersgranserna": {
        "hand": "70",
        "occasions": [
            "2026-02-03 18:00-19:00: 1 f 2026-01-02, 2 f 2001-01-01, 1 f 2000-12-31, 1 m 1950; leaders 1 m 2000-12-31, 1 m 2001-01-01"
        ],
    },
    "sista_dagen": {"hand": "560", "received": "2026-08-25", "occasions": B},
    "en_dag_sent": {"hand": "0", "received": "2026-08-26", "occasions": B},
}


def two(large, small):
    return {"stor": {"fixed": large, "deltagartillfallen": 900}, "liten": {"fixed": small, "deltagartillfallen": 600}}


ROUNDS = {
    "tre_foreningar": {"cases": ["stor_forening", "mellanstor_forening", "liten_forening_med_ung_ledare"]},
    "fast_del_over_potten": {"entries": two("15000", "9000")},
    "precis_hela_potten": {"entries": two("12000", "8000")},
}


def claim(case):
    """The sheet before anything is shared, and the participations."""
    occasions, sheet, cuts = att.read(case["occasions"]), Sheet(), {}
    sheet.require("for_sent", case.get("received", "2026-08-20") <= DUE)
    cuts["with_leader"] = att.without_leader(occasions, 0)
    cuts["eligible_only"] = att.outside_ages(occasions, 0, 25)
    cuts["at_least"] = att.few(occasions, 2)
    sheet.add("sammankomster", kr("70") * len(att.held(occasions)))
    young = sum(1 for occasion in occasions for mark in occasion.kept() if mark.leads and occasion.age(mark) <= 25)
    sheet.other["account"] = att.account(occasions, cuts)
    return sheet, att.participations(occasions) + young


def reckon(case):
    sheet, marks = claim(case)
    sheet.other["measures"] = {"deltagartillfallen": str(marks)}
    if "allocated" in case:
        sheet.add("andel", kr(case["allocated"]))
    else:
        sheet.require("andel", None)
    return sheet.close()


def share(round_):
    names, fixed, marks = [], [], []
    for name in round_.get("cases", []):
        sheet, count = claim(CASES[name])
        names.append(name)
        fixed.append(sheet.sum)
        marks.append(count)
    for name, entry in round_.get("entries", {}).items():
        names.append(name)
        fixed.append(kr(entry["fixed"]))
        marks.append(entry["deltagartillfallen"])
    kept = scaled(POT, fixed)
    rest = shared(POT - sum(kept), marks)
    totals = [one + other for one, other in zip(kept, rest)]
    return {
        "shares": {name: written(total - own) for name, total, own in zip(names, totals, fixed)},
        "totals": {name: written(total) for name, total in zip(names, totals)},
    }
