"""Göteborg's activity grant of 2026: kronor per participation, girls more than boys, leaders and older people too."""

from grants import attendance as att
from grants.money import KRONA, Sheet, kr

DUE = "2026-08-25"
RATES = {"flickor_och_kvinnor": kr("9.89"), "pojkar_och_man": kr("8.02"), "ledare": kr("8.02"), "aldre": kr("8.02")}
EXCLUDED = [
    "fest", "läxläsning", "läxhjälp", "högtid", "gudstjänst", "andakt", "partimöte", "studiecirkel", "öppen verksamhet",
]
DOUBTFUL = ["kalas", "julbord", "bio", "disco", "lektion", "bön", "valmöte", "kurs", "cirkel"]

EVENING = ["2026-02-03 18:00-19:00: 10 f 2014; leader m 1985"]

CASES = {
    "en_vanlig_termin": {"hand": "1176", "occasions": ["2026-01-13 *8w 18:00-19:00: 10 f 2014, 5 m 2014; leader f 1985"]},
    "aldersgranserna": {
        "hand": "56",
        "occasions": [
            "2026-02-03 18:00-19:00: 2 f 2019-12-31, 1 f 2020-01-01, 2 f 2001-01-01, 1 f 2000-12-31, 1 m 1961-12-31, "
            "1 m 1962-01-01; leader m 1985"
        ],
    },
    "funktionsnedsattning": {"hand": "32", "occasions": ["2026-02-03 18:00-19:00: 3 m 1990 d, 1 f 2020 d; leader m 1985"]},
    "minsta_tid": {
        "hand": "38",
        "occasions": ["2026-02-03 18:00-18:45: 3 f 2014; leader m 1985", "2026-02-04 18:00-18:44: 3 f 2014; leader m 1985"],
    },
    "minsta_antal": {
        "hand": "32",
        "occasions": ["2026-02-03 18:00-19:00: 3 m 2014; leader m 1985", "2026-02-04 18:00-19:00: 2 m 2014; leader m 1985"],
    },
    "hogsta_antal": {
        "hand": "732",
        "occasions": [
            "2026-02-03 18:00-19:00: 20 f 2014, 20 m 2014; leader m 1985",
            "2026-02-04 18:00-19:00: 20 f 2014, 21 m 2014; leader m 1985",
        ],
    },
    "ledarens_alder": {
        "hand": "38",
        "occasions": [
            "2026-02-03 18:00-19:00: 3 f 2014; leader f 2013-12-31",
            "2026-02-04 18:00-19:00: 3 f 2014; leader f 2014-01-01",
        ],
    },
    "tva_ledare": {"hand": "46", "occasions": ["2026-02-03 18:00-19:00: 3 f 2014; leaders 2 m 1985"]},
    "tva_ganger_samma_dag": {
        "hand": "38",
        "occasions": [
            "2026-02-03 09:00-10:00: 3 f 2014 @lag; leader m 1985",
            "2026-02-03 18:00-19:00: 3 f 2014 @lag; leader m 1986",
        ],
    },
    "annan_forening_gick_fore": {"hand": "38", "occasions": ["2026-02-03 18:00-19:00: 3 f 2014, 2 f 2014 lost; leader m 1985"]},
    "fest_och_disco": {
        "hand": "38",
        "occasions": [
            '2026-01-07 18:00-20:00 "Julfest": 30 f 2014; leader m 1985',
            '2026-02-04 18:00-19:00 "Barndisco": 3 f 2014; leader m 1985',
        ],
    },
    "sista_dagen": {"hand": "107", "received": "2026-08-25", "occasions": EVENING},
    "en_dag_sent": {"hand": "0", "received": "2026-08-26", "occasions": EVENING},
    "anstand": {"hand": "107", "received": "2026-09-10", "due": "2026-09-10", "occasions": EVENING},
    "inte_godkand": {"hand": "0", "approved": ("2025-01-01", "2025-12-31"), "occasions": EVENING},
}


def pay(occasion, mark):
    return RATES[group(occasion, mark)]


def group(occasion, mark):
    if mark.leads:
        return "ledare"
    if mark.older:
        return "aldre"
    return "flickor_och_kvinnor" if mark.person.female else "pojkar_och_man"


def reckon(case):
    received = case.get("received", "2026-08-20")
    occasions, sheet, cuts = att.read(case["occasions"]), Sheet(), {}
    first, last = case.get("approved", ("2026-01-01", "2026-12-31"))
    sheet.require("goteborg-aktivitetsbidragsgodkand", first <= received <= last)
    sheet.require("for_sent", received <= case.get("due", DUE))
    cuts["min_minutes"] = att.short(occasions, 45)
    cuts["excluded_kinds"] = att.called(occasions, EXCLUDED)
    cuts["with_leader"] = att.without_leader(occasions, 13)
    cuts["eligible"] = att.outside_ages(occasions, 7, 25, 65)
    cuts["without_collisions"] = att.lost_elsewhere(occasions)
    cuts["once_per_person_and_day"] = att.again(occasions, att.person_and_day, pay)
    cuts["at_least"] = att.few(occasions, 3)
    cuts["at_most"] = att.many(occasions, lambda occasion: 40, pay)
    doubtful = [occasion for occasion in att.held(occasions) if any(word in occasion.activity.casefold() for word in DOUBTFUL)]
    sheet.warn("tveksamma_aktiviteter", bool(doubtful))
    for row, rate in RATES.items():
        sheet.add(row, rate * sum(1 for occasion in occasions for mark in occasion.kept() if group(occasion, mark) == row))
    sheet.other["account"] = att.account(occasions, cuts)
    return sheet.close(KRONA)
