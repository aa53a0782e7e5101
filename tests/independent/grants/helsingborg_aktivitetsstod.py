"""Helsingborg's activity support: kronor per activity, more with a grown leader, and a cap on the year."""

from grants import attendance as att
from grants.money import Sheet, by_days, days_late, kr

DUES = {"2026-H1": "2026-08-25", "2026-H2": "2027-02-25"}
LATE = [(7, 25), (21, 50), (36, 75)]

TERM = ["2026-01-13 *8w 18:00-19:00: 10 f 2014; leader m 1985"]
AUTUMN = ["2026-09-01 *4w 18:00-19:00: 10 f 2014; leader m 1985"]

CASES = {
    "en_vanlig_termin": {"hand": "280", "occasions": TERM},
    "vuxen_ledare": {
        "hand": "65",
        "occasions": [
            "2026-02-03 18:00-19:00: 3 f 2014; leader m 2006-12-31",
            "2026-02-04 18:00-19:00: 3 f 2014; leader m 2007-01-01",
        ],
    },
    "ledarens_alder": {
        "hand": "30",
        "occasions": [
            "2026-02-03 18:00-19:00: 3 f 2014; leader m 2013-12-31",
            "2026-02-04 18:00-19:00: 3 f 2014; leader m 2014-01-01",
        ],
    },
    "minsta_tid": {
        "hand": "35",
        "occasions": ["2026-02-03 18:00-18:45: 3 f 2014; leader m 1985", "2026-02-04 18:00-18:44: 3 f 2014; leader m 1985"],
    },
    "minsta_antal": {
        "hand": "35",
        "occasions": ["2026-02-03 18:00-19:00: 2 f 2014; leader m 1985", "2026-02-04 18:00-19:00: 1 f 2014; leader m 1985"],
    },
    "aldersgranserna": {
        "hand": "70",
        "occasions": [
            "2026-02-03 18:00-19:00: 1 f 2019-12-31, 1 f 2006-01-01; leader m 1985",
            "2026-02-04 18:00-19:00: 1 f 2019-12-31, 1 f 2020-01-01; leader m 1985",
            "2026-02-05 18:00-19:00: 1 f 2006-01-01, 1 f 2005-12-31; leader m 1985",
            "2026-02-06 18:00-19:00: 2 m 1961-12-31; leader m 1985",
            "2026-02-07 18:00-19:00: 1 m 1961-12-31, 1 m 1962-01-01; leader m 1985",
        ],
    },
    "funktionsnedsattning": {"hand": "35", "occasions": ["2026-02-03 18:00-19:00: 2 m 1990 d; leader m 1985"]},
    "precis_arstaket": {"hand": "140", "period": "2026-H2", "received": "2027-02-01", "spring": "449860", "occasions": AUTUMN},
    "over_arstaket": {"hand": "100", "period": "2026-H2", "received": "2027-02-01", "spring": "449900", "occasions": AUTUMN},
    "arstaket_redan_natt": {"hand": "0", "period": "2026-H2", "received": "2027-02-01", "spring": "450000", "occasions": AUTUMN},
    "sista_dagen": {"hand": "280", "received": "2026-08-25", "occasions": TERM},
    "en_dag_sent": {"hand": "210", "received": "2026-08-26", "occasions": TERM},
    "sju_dagar_sent": {"hand": "210", "received": "2026-09-01", "occasions": TERM},
    "atta_dagar_sent": {"hand": "140", "received": "2026-09-02", "occasions": TERM},
    "tjugoen_dagar_sent": {"hand": "140", "received": "2026-09-15", "occasions": TERM},
    "tjugotva_dagar_sent": {"hand": "70", "received": "2026-09-16", "occasions": TERM},
    "trettiosex_dagar_sent": {"hand": "70", "received": "2026-09-30", "occasions": TERM},
    "avvisad": {"hand": "0", "received": "2026-10-01", "occasions": TERM},
}


def reckon(case):
    occasions, sheet, cuts = att.read(case["occasions"]), Sheet(), {}
    late = days_late(DUES[case.get("period", "2026-H1")], case.get("received", "2026-08-20"))
    sheet.require("avvisas", late <= 36)
    if late > 36:
        sheet.other["dismissed"] = True
    cuts["min_minutes"] = att.short(occasions, 45)
    cuts["with_leader"] = att.without_leader(occasions, 13)
    cuts["eligible"] = att.outside_ages(occasions, 7, 20, 65)
    cuts["at_least"] = att.few(occasions, 2)
    held = att.held(occasions)
    grown = [occasion for occasion in held if any(occasion.age(mark) >= 20 for mark in occasion.leaders())]
    sheet.add("aktiviteter", len(held) * kr("30"))
    sheet.add("vuxen_ledare", len(grown) * kr("5"))
    sheet.reduce("forsening", by_days(LATE, late))
    sheet.limit("arstak", max(0, kr("450000") - kr(case.get("spring", "0"))))
    sheet.other["account"] = att.account(occasions, cuts)
    return sheet.close()
