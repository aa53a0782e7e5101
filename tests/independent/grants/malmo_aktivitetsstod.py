"""Malmö's activity support of 2026: girls of 4 to 25 at one rate, everybody else at another, four rounds a year."""

from grants import attendance as att
from grants.money import Sheet, kr

DUE = "2026-04-25"
GIRL, OTHERS = kr("5.40"), kr("4.90")

EVENING = ["2026-02-03 18:00-19:00: 5 f 2014; leader m 1985"]

CASES = {
    "en_vanlig_termin": {"hand": "628", "occasions": ["2026-01-13 *8w 18:00-19:00: 10 f 2014, 5 m 2014; leader f 1985"]},
    "minsta_antal": {
        "hand": "27",
        "occasions": ["2026-02-03 18:00-19:00: 5 f 2014; leader m 1985", "2026-02-04 18:00-19:00: 4 f 2014; leader m 1985"],
    },
    "minsta_antal_funktionsnedsattning": {
        "hand": "14.70",
        "occasions": [
            "2026-02-03 18:00-19:00: 3 m 1990 d; leader m 1985",
            "2026-02-04 18:00-19:00: 2 m 1990 d; leader m 1985",
            "2026-02-05 18:00-19:00: 2 m 1990 d, 2 m 2014; leader m 1985",
        ],
    },
    "minsta_tid": {
        "hand": "27",
        "occasions": ["2026-02-03 18:00-18:45: 5 f 2014; leader m 1985", "2026-02-04 18:00-18:44: 5 f 2014; leader m 1985"],
    },
    "aldersgranserna": {
        "hand": "26.50",
        "occasions": [
            "2026-02-03 18:00-19:00: 2 f 2022-12-31, 1 f 2023-01-01, 2 f 2001-01-01, 1 f 2000-12-31, 1 f 1961-12-31, "
            "1 m 1962-01-01; leader m 1985"
        ],
    },
    "kvinna_med_funktionsnedsattning": {"hand": "26.50", "occasions": ["2026-02-03 18:00-19:00: 4 f 2014, 1 f 1990 d; leader m 1985"]},
    "ledarens_alder": {
        "hand": "27",
        "occasions": [
            "2026-02-03 18:00-19:00: 5 f 2014; leader f 2013-12-31",
            "2026-02-04 18:00-19:00: 5 f 2014; leader f 2014-01-01",
        ],
    },
    "tva_ganger_samma_dag": {
        "hand": "27",
        "occasions": [
            "2026-02-03 09:00-10:00: 5 f 2014 @lag; leader m 1985",
            "2026-02-03 18:00-19:00: 5 f 2014 @lag; leader m 1986",
        ],
    },
    "annan_forening_gick_fore": {"hand": "27", "occasions": ["2026-02-03 18:00-19:00: 5 f 2014, 1 f 2014 lost; leader m 1985"]},
    "sista_dagen": {"hand": "27", "received": "2026-04-25", "occasions": EVENING},
    "en_dag_sent": {"hand": "0", "received": "2026-04-26", "occasions": EVENING},
}


def reckon(case):
    occasions, sheet, cuts = att.read(case["occasions"]), Sheet(), {}
    sheet.require("for_sent", case.get("received", "2026-04-10") <= DUE)
    cuts["min_minutes"] = att.short(occasions, 45)
    cuts["with_leader"] = att.without_leader(occasions, 13)
    cuts["eligible"] = att.outside_ages(occasions, 4, 25, 65)
    cuts["without_collisions"] = att.lost_elsewhere(occasions)
    cuts["once_per_person_and_day"] = att.again(occasions, att.person_and_day)
    cuts["at_least"] = att.few(occasions, 5, 3)
    girls = att.participations(occasions, lambda occasion, mark: mark.person.female and 4 <= occasion.age(mark) <= 25)
    sheet.add("flickor", girls * GIRL)
    sheet.add("ovriga", (att.participations(occasions) - girls) * OTHERS)
    sheet.other["account"] = att.account(occasions, cuts)
    return sheet.close()
