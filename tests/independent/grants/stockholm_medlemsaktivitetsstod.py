"""Stockholm's support of a calendar year: a base, and kronor per activity with a yearly cap for each member."""

from fractions import Fraction

from grants import attendance as att
from grants.money import Sheet, by_dates, kr

DUE = "2026-02-25"
LATE = [("2026-03-31", 25)]
BASE = kr("5000")

# Twenty members of ten years, fifteen evenings: what an association needs, to the last mark.
TEAM = "2025-01-07 *15w 18:00-19:00: 20 f 2015 @lag; leader m 1985"


def and_also(*lines):
    return [TEAM, *lines]


CASES = {
    "precis_tillrackligt": {"hand": "6050", "occasions": [TEAM]},
    "nitton_aktiva": {"hand": "0", "occasions": ["2025-01-07 *15w 18:00-19:00: 19 f 2015; leader m 1985"]},
    "fjorton_aktiviteter": {"hand": "0", "occasions": ["2025-01-07 *14w 18:00-19:00: 20 f 2015; leader m 1985"]},
    "halften_bosatta": {"hand": "6050", "occasions": ["2025-01-07 *15w 18:00-19:00: 10 f 2015, 10 f 2015 far; leader m 1985"]},
    "under_halften_bosatta": {"hand": "0", "occasions": ["2025-01-07 *15w 18:00-19:00: 49 f 2015, 50 f 2015 far; leader m 1985"]},
    "hogst_fyrtio_for_yngre": {
        "hand": "6890",
        "occasions": and_also(
            "2025-01-01 *40d 15:00-16:00: 3 m 2016; leader m 1985", "2025-01-01 *41d 16:00-17:00: 1 m 2018, 2 m 2013; leader m 1985"
        ),
    },
    "hogst_hundratjugo_for_aldre": {
        "hand": "15986",
        "occasions": and_also(
            "2025-01-01 *120d 15:00-16:00: 3 m 2012; leader m 1985", "2025-01-01 *121d 16:00-17:00: 2 m 2012, 1 m 2005; leader m 1985"
        ),
    },
    "minsta_tid": {
        "hand": "6071",
        "occasions": and_also(
            "2025-02-01 10:00-10:45: 3 m 2015; leader m 1985",
            "2025-02-02 10:00-10:44: 3 m 2015; leader m 1985",
            "2025-02-03 10:00-10:30: 3 m 2015 d; leader m 1985",
            "2025-02-04 10:00-10:29: 3 m 2015 d; leader m 1985",
        ),
    },
    "minsta_antal": {
        "hand": "6060.50",
        "occasions": and_also("2025-02-01 10:00-11:00: 3 m 2015; leader m 1985", "2025-02-02 10:00-11:00: 2 m 2015; leader m 1985"),
    },
    "ledarens_alder": {
        "hand": "6060.50",
        "occasions": and_also(
            "2025-02-01 10:00-11:00: 3 m 2015; leader m 2010-12-31", "2025-02-02 10:00-11:00: 3 m 2015; leader m 2011-01-01"
        ),
    },
    "aldersgranserna": {
        "hand": "6098.40",
        "occasions": and_also(
            "2025-02-01 10:00-11:00: 1 m 2018, 1 m 2019, 1 m 2013, 1 m 2012, 1 m 2005, 1 m 2004, 1 m 1995 d, 1 m 1955; leader m 1985"
        ),
    },
    "sista_dagen": {"hand": "6050", "received": "2026-02-25", "occasions": [TEAM]},
    "en_dag_sent": {"hand": "4537.50", "received": "2026-02-26", "occasions": [TEAM]},
    "sista_sena_dagen": {"hand": "4537.50", "received": "2026-03-31", "occasions": [TEAM]},
    "efter_sista_sena_dagen": {"hand": "0", "received": "2026-04-01", "occasions": [TEAM]},
}


def most(age):
    if 7 <= age <= 12:
        return 40
    return 120 if 13 <= age <= 20 else None


def reckon(case):
    occasions, sheet, cuts = att.read(case["occasions"]), Sheet(), {}
    cuts["min_minutes"] = att.short_by_own_disability(occasions, 45, 30)
    cuts["with_leader"] = att.without_leader(occasions, 15)
    cuts["eligible_only"] = att.outside_ages(occasions, 7, 20)
    cuts["at_least"] = att.few(occasions, 3)
    active = [person for person in att.attended(occasions, 15) if 7 <= person.age(2025) <= 20]
    sheet.require("for_fa_aktiva", len(active) >= 20)
    here = sum(1 for person in active if person.resident)
    sheet.require("for_fa_bosatta", Fraction(here, len(active)) >= Fraction(1, 2) if active else None)
    # A yearly cap counts marks of the year whatever they earn, and a member's age is the same all year.
    cuts["at_most_per_person"] = att.often(occasions, most, att.year)
    young = att.participations(occasions, lambda occasion, mark: occasion.age(mark) <= 12)
    sheet.add("grundstod", BASE)
    sheet.add("aktiviteter_7_12", young * kr("3.50"))
    sheet.add("aktiviteter_13", (att.participations(occasions) - young) * kr("13.80"))
    sheet.reduce("forsening", by_dates(LATE, DUE, case.get("received", "2026-02-10")))
    sheet.other["account"] = att.account(occasions, cuts)
    return sheet.close()
