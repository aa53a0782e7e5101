"""Umeå's activity support: once per sport, day and person, and registered within four weeks."""

from grants import attendance as att
from grants.money import Sheet, kr

DUE = "2026-08-25"
RATE = kr("7.00")
AGES = {"idrott": (7, 20), "ungdom": (7, 25)}
SPORTS = ["fotboll", "innebandy", "simning"]

EVENING = ['2026-02-03 18:00-19:00 "Fotboll" registered_after=1: 3 f 2014; leader m 1985']

CASES = {
    "en_vanlig_termin": {
        "hand": "840",
        "occasions": ['2026-01-13 *8w 18:00-19:00 "Fotboll" registered_after=1: 10 f 2014, 5 m 2014; leader m 1985'],
    },
    "alder_i_idrott": {
        "hand": "28",
        "occasions": ['2026-02-03 18:00-19:00 "Fotboll" registered_after=1: 2 f 2019, 1 f 2020, 2 f 2006, 1 f 2005; leader m 1985'],
    },
    "alder_i_ungdomsforening": {
        "hand": "28",
        "category": "ungdom",
        "occasions": ['2026-02-03 18:00-19:00 "Scouting" registered_after=1: 1 f 2019, 1 f 2020, 1 f 2005, 2 f 2001, 1 f 2000, 1 m 1950; leader m 1985'],
    },
    "minsta_tid": {
        "hand": "21",
        "occasions": [
            '2026-02-03 18:00-19:00 "Fotboll" registered_after=1: 3 f 2014; leader m 1985',
            '2026-02-04 18:00-18:59 "Fotboll" registered_after=1: 3 f 2014; leader m 1985',
        ],
    },
    "minsta_antal": {
        "hand": "21",
        "occasions": [
            '2026-02-03 18:00-19:00 "Fotboll" registered_after=1: 3 f 2014; leader m 1985',
            '2026-02-04 18:00-19:00 "Fotboll" registered_after=1: 2 f 2014; leader m 1985',
        ],
    },
    "hogsta_antal": {
        "hand": "420",
        "occasions": [
            '2026-02-03 18:00-19:00 "Fotboll" registered_after=1: 30 f 2014; leader m 1985',
            '2026-02-04 18:00-19:00 "Fotboll" registered_after=1: 31 f 2014; leader m 1985',
        ],
    },
    "tva_idrotter_samma_dag": {
        "hand": "42",
        "occasions": [
            '2026-02-03 09:00-10:00 "Fotboll" registered_after=1: 3 f 2014 @lag; leader m 1985',
            '2026-02-03 13:00-14:00 "Innebandy" registered_after=1: 3 f 2014 @lag; leader m 1985',
            '2026-02-03 18:00-19:00 "Knattefotboll" registered_after=1: 3 f 2014 @lag; leader m 1985',
        ],
    },
    "registrerad_inom_fyra_veckor": {
        "hand": "21",
        "occasions": [
            '2026-02-03 18:00-19:00 "Fotboll" registered_after=28: 3 f 2014; leader m 1985',
            '2026-02-04 18:00-19:00 "Fotboll" registered_after=29: 3 f 2014; leader m 1985',
        ],
    },
    "okand_registrering": {"hand": "21", "occasions": ['2026-02-03 18:00-19:00 "Fotboll": 3 f 2014; leader m 1985']},
    "annan_forening_gick_fore": {
        "hand": "21",
        "occasions": ['2026-02-03 18:00-19:00 "Fotboll" registered_after=1: 3 f 2014, 1 f 2014 lost; leader m 1985'],
    },
    "ung_ledare": {
        "hand": "21",
        "occasions": [
            '2026-02-03 18:00-19:00 "Fotboll" registered_after=1: 3 f 2014; leader f 2016',
            '2026-02-04 18:00-19:00 "Fotboll" registered_after=1: 3 f 2014',
        ],
    },
    "okand_kategori": {"hand": "21", "category": None, "occasions": EVENING},
    "fel_kategori": {"hand": "0", "category": "pensionar", "occasions": EVENING},
    "utan_arsmoteshandlingar": {"hand": "0", "papers": None, "occasions": EVENING},
    "sista_dagen": {"hand": "21", "received": "2026-08-25", "occasions": EVENING},
    "en_dag_sent": {"hand": "0", "received": "2026-08-26", "occasions": EVENING},
}


def sport(occasion):
    named = [name for name in SPORTS if occasion.activity.casefold().endswith(name)]
    return named[0] if named else occasion.activity


def reckon(case):
    occasions, sheet, cuts = att.read(case["occasions"]), Sheet(), {}
    category = case.get("category", "idrott")
    sheet.require("fel_kategori", None if category is None else category in AGES)
    sheet.require("arsmoteshandlingar_saknas", case.get("papers", "uploaded") is not None)
    sheet.require("for_sent", case.get("received", "2026-08-20") <= DUE)
    cuts["registered_within"] = att.registered_late(occasions, 28)
    cuts["min_minutes"] = att.short(occasions, 60)
    cuts["with_leader"] = att.without_leader(occasions, 0)
    # Until the register knows what kind of association it is, the narrower span is reckoned with.
    cuts["eligible_only"] = att.outside_ages(occasions, *AGES.get(category, AGES["idrott"]))
    cuts["without_collisions"] = att.lost_elsewhere(occasions)
    taking_part = lambda mark: not mark.leads
    cuts["once_per_person_sport_and_day"] = att.again(
        occasions, lambda occasion, mark: (mark.person, sport(occasion), occasion.day), who=taking_part
    )
    cuts["at_least"] = att.few(occasions, 3)
    cuts["at_most"] = att.many(occasions, lambda occasion: 30)
    sheet.warn("okand_registrering", any(occasion.registered is None for occasion in att.held(occasions)))
    sheet.add("deltagartillfallen", att.participations(occasions) * RATE)
    sheet.other["account"] = att.account(occasions, cuts)
    return sheet.close()
