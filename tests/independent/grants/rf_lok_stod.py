"""The state's support through the sports federation: leaders per occasion, participants by their number within the week."""

from grants import attendance as att
from grants.money import Sheet, by_dates, kr

DUES = {"2026-H1": "2026-08-25", "2026-H2": "2027-02-25"}
LATE = {
    "2026-H1": [("2026-09-01", 25), ("2026-09-15", 50), ("2026-09-30", 75)],
    "2026-H2": [("2027-03-01", 25), ("2027-03-15", 50), ("2027-03-31", 75)],
}
CLOSED = {"2026-H1": "2026-12-15", "2026-H2": "2027-06-15"}
FIRST_TWO, LATER = kr("7.86"), kr("5.00")
SPORTS = ["fotboll", "innebandy", "simning"]

EVENING = ['2026-02-03 18:00-19:00 "Fotboll": 10 f 2014; leader m 1985']
AUTUMN = ['2026-10-06 18:00-19:00 "Fotboll": 10 f 2014; leader m 1985']

CASES = {
    "en_vanlig_termin": {
        "hand": "1111.20",
        "occasions": ['2026-01-13 *8w 18:00-19:00 "Fotboll": 10 f 2014, 5 m 2014; leader m 1985'],
    },
    "fem_per_vecka": {"hand": "218.16", "occasions": ['2026-01-12 *6d 18:00-19:00 "Fotboll": 1 f 2016, 2 f 2014; leader m 1985']},
    "tre_per_vecka_for_sma": {"hand": "146.16", "occasions": ['2026-01-12 *4d 18:00-19:00 "Fotboll": 1 f 2019, 2 f 2017; leader m 1985']},
    "ny_vecka_pa_mandagen": {"hand": "133.74", "occasions": ['2026-01-17 *3d 18:00-19:00 "Fotboll": 3 f 2014 @lag; leader m 1985']},
    "tva_idrotter_samma_dag": {
        "hand": "89.16",
        "occasions": [
            '2026-02-03 09:00-10:00 "Fotboll": 3 f 2014 @lag; leader m 1985',
            '2026-02-03 13:00-14:00 "Innebandy": 3 f 2014 @lag; leader m 1985',
            '2026-02-03 18:00-19:00 "Knattefotboll": 3 f 2014 @lag; leader m 1985',
        ],
    },
    "hogst_tjugo_per_ledare": {
        "hand": "696.80",
        "occasions": [
            '2026-02-03 18:00-19:00 "Fotboll": 20 m 2014; leader m 1985',
            '2026-02-04 18:00-19:00 "Fotboll": 21 m 2014; leader m 1985',
            '2026-02-05 18:00-19:00 "Fotboll": 41 m 2014; leaders 2 m 1985',
        ],
    },
    "fler_an_tjugo_nar_nagra_kommer_for_tredje_gangen": {
        "hand": "287.36",
        "occasions": [
            '2026-02-02 *2d 18:00-19:00 "Fotboll": 5 m 2014 @lag; leader m 1985',
            '2026-02-04 18:00-19:00 "Fotboll": 5 m 2014 @lag, 16 f 2014; leader m 1985',
        ],
    },
    "ledaren_deltar_inte": {
        "hand": "44.58",
        "occasions": [
            '2026-02-03 18:00-19:00 "Fotboll": 4 f 2010 @fyra; leader f 2010 @fyra',
            '2026-02-04 18:00-19:00 "Fotboll": 3 f 2010 @tre; leader f 2010 @tre',
        ],
    },
    "ledare_for_tva_grupper": {
        "hand": "89.16",
        "occasions": [
            '2026-02-03 18:00-19:00 "Fotboll": 3 f 2014; leader m 1985 @ledare',
            '2026-02-03 18:30-19:30 "Fotboll": 3 f 2014; leader m 1985 @ledare',
            '2026-02-03 19:30-20:30 "Fotboll": 3 f 2014; leader m 1985 @ledare',
        ],
    },
    "ledarens_alder": {
        "hand": "44.58",
        "occasions": [
            '2026-02-03 18:00-19:00 "Fotboll": 3 f 2014; leader f 2013-12-31',
            '2026-02-04 18:00-19:00 "Fotboll": 3 f 2014; leader f 2014-01-01',
        ],
    },
    "minsta_tid": {
        "hand": "44.58",
        "occasions": [
            '2026-02-03 18:00-18:45 "Fotboll": 3 f 2014; leader m 1985',
            '2026-02-04 18:00-18:44 "Fotboll": 3 f 2014; leader m 1985',
        ],
    },
    "minsta_antal": {
        "hand": "44.58",
        "occasions": [
            '2026-02-03 18:00-19:00 "Fotboll": 3 f 2014; leader m 1985',
            '2026-02-04 18:00-19:00 "Fotboll": 2 f 2014; leader m 1985',
        ],
    },
    "aldersgranserna": {
        "hand": "60.30",
        "occasions": [
            '2026-02-03 18:00-19:00 "Fotboll": 2 f 2019, 1 f 2020, 2 m 2001, 1 m 2000, 1 f 1986 d, 1 m 1950; leader m 1985'
        ],
    },
    "lager_en_gang_per_dag": {
        "hand": "89.16",
        "occasions": [
            '2026-06-15 *2d 09:00-11:00 "Fotboll" card=7: 3 f 2014 @lag; leader m 1985 @ledare',
            '2026-06-15 *2d 13:00-15:00 "Fotboll" card=7: 3 f 2014 @lag; leader m 1985 @ledare',
        ],
    },
    "sista_dagen": {"hand": "99.60", "received": "2026-08-25", "occasions": EVENING},
    "sen_till_1_september": {"hand": "74.70", "received": "2026-09-01", "occasions": EVENING},
    "sen_till_2_september": {"hand": "49.80", "received": "2026-09-02", "occasions": EVENING},
    "sen_till_15_september": {"hand": "49.80", "received": "2026-09-15", "occasions": EVENING},
    "sen_till_16_september": {"hand": "24.90", "received": "2026-09-16", "occasions": EVENING},
    "sen_till_30_september": {"hand": "24.90", "received": "2026-09-30", "occasions": EVENING},
    "sen_till_1_oktober": {"hand": "0", "received": "2026-10-01", "occasions": EVENING},
    "avslas_sista_dagen": {"hand": "0", "received": "2026-12-15", "occasions": EVENING},
    "avvisas": {"hand": "0", "received": "2026-12-16", "occasions": EVENING},
    "hostens_sista_dag": {"hand": "99.60", "period": "2026-H2", "received": "2027-02-25", "occasions": AUTUMN},
    "hosten_sen_till_1_mars": {"hand": "74.70", "period": "2026-H2", "received": "2027-03-01", "occasions": AUTUMN},
    "hosten_sen_till_2_mars": {"hand": "49.80", "period": "2026-H2", "received": "2027-03-02", "occasions": AUTUMN},
    "hosten_sen_till_31_mars": {"hand": "24.90", "period": "2026-H2", "received": "2027-03-31", "occasions": AUTUMN},
    "hosten_sen_till_1_april": {"hand": "0", "period": "2026-H2", "received": "2027-04-01", "occasions": AUTUMN},
    "hosten_avvisas": {"hand": "0", "period": "2026-H2", "received": "2027-06-16", "occasions": AUTUMN},
}


def sport(occasion):
    named = [name for name in SPORTS if occasion.activity.casefold().endswith(name)]
    return named[0] if named else occasion.activity


def reckon(case):
    occasions, sheet, cuts = att.read(case["occasions"]), Sheet(), {}
    period, received = case.get("period", "2026-H1"), case.get("received", "2026-08-20")
    sheet.require("avvisas", received <= CLOSED[period])
    if received > CLOSED[period]:
        sheet.other["dismissed"] = True
    cuts["min_minutes"] = att.short(occasions, 45)
    cuts["leaders_one_at_a_time"] = att.leading_two(occasions)
    cuts["with_leader"] = att.without_leader(occasions, 13)
    cuts["eligible_only"] = att.outside_ages(occasions, 7, 25)
    cuts["leaders_not_participants"] = att.leading_and_taking_part(occasions)
    taking_part = lambda mark: not mark.leads
    cuts["once_per_person_sport_and_day"] = att.again(
        occasions, lambda occasion, mark: (mark.person, sport(occasion), occasion.day), who=taking_part
    )
    cuts["at_least"] = att.few(occasions, 3)
    cuts["at_most_per_person_and_sport"] = att.often(occasions, lambda age: 3 if 7 <= age <= 9 else 5, att.week, sport)
    # A mark keeps its number of the week when others are cut; of too many to a leader, those stay whose number pays most.
    number = {id(mark): n for mark, n in att.with_numbers(occasions, att.week, sport)}
    worth = lambda occasion, mark: FIRST_TWO if number[id(mark)] <= 2 else LATER
    cuts["at_most_per_leader"] = att.many(occasions, lambda occasion: 20 * len(occasion.leaders()), worth)
    led = [len(occasion.leaders()) for occasion in att.held(occasions)]
    sheet.add("ledarstod", kr("21") * sum(1 for leaders in led if leaders >= 1))
    sheet.add("extra_ledarstod", kr("5") * sum(1 for leaders in led if leaders >= 2))
    numbers = [number[id(mark)] for occasion in occasions for mark in occasion.participants()]
    sheet.add("deltagarstod_1", FIRST_TWO * sum(1 for number in numbers if number <= 2))
    sheet.add("deltagarstod_2", LATER * sum(1 for number in numbers if number > 2))
    sheet.reduce("forsening_var" if period.endswith("H1") else "forsening_host", by_dates(LATE[period], DUES[period], received))
    sheet.other["account"] = att.account(occasions, cuts)
    return sheet.close()
