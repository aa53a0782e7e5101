"""The independent calculation is itself held against cases worked out with pen and paper."""

import unittest
from datetime import date, datetime

import aktivitetsstod as grant
import expected
from aktivitetsstod import Mark, Occasion, Person

GIRL, BOY, OLD_MAN = "f", "m", "o"


class World:
    """Builds occasions; persons are numbered in order and told apart by that number alone."""

    def __init__(self):
        self.occasions, self.count = [], 0

    def person(self, kind=BOY, birth=2014):
        self.count += 1
        return Person(f"{self.count:04}", date(1950 if kind == OLD_MAN else birth, 6, 1), kind == GIRL)

    def people(self, many, kind=BOY, birth=2014):
        return [self.person(kind, birth) for _ in range(many)]

    def occasion(self, participants, leaders, day=5, start="18:00", stop="19:00", card=1, activity="Träning"):
        at = lambda clock: datetime.fromisoformat(f"2026-03-{day:02}T{clock}")
        occasion = Occasion(card, f"k{len(self.occasions)}", at(start), at(stop), activity)
        occasion.marks = [Mark(occasion, person, False, True, False, False) for person in participants]
        occasion.marks += [Mark(occasion, person, True, True, False, False) for person in leaders]
        self.occasions.append(occasion)
        return occasion

    def result(self, **options):
        return grant.calculate(self.occasions, **options)


def cut(result):
    return {line["id"]: line["marks"] for line in result["account"] if line["marks"] and line["id"] in grant.ACCOUNT}


def quantities(result):
    return {row["id"]: row["quantity"] for row in result["rows"] if row["quantity"]}


class Rules(unittest.TestCase):
    def setUp(self):
        self.world = World()
        self.leader = self.world.person(birth=1980)

    def test_an_ordinary_evening(self):
        self.world.occasion(self.world.people(2, GIRL) + self.world.people(3), [self.leader])
        result = self.world.result()
        self.assertEqual(quantities(result), {"female": 2, "male": 3, "leaders": 1})
        # 2 x 9.89 + 3 x 8.02 + 8.02 = 51.86, to whole kronor 52.
        self.assertEqual((result["sum_ore"], result["rounding_ore"], result["total_ore"]), (5186, 14, 5200))

    def test_forty_five_minutes_is_enough_and_forty_four_is_not(self):
        people = self.world.people(3)
        self.world.occasion(people, [self.leader], day=1, stop="18:45")
        self.world.occasion(people, [self.leader], day=2, stop="18:44:59")
        self.assertEqual(cut(self.world.result()), {"too_short": 4})

    def test_a_leader_is_thirteen_that_year(self):
        people = self.world.people(3)
        self.world.occasion(people, [self.world.person(birth=2013)], day=1)
        self.world.occasion(people, [self.world.person(birth=2014)], day=2)
        self.world.occasion(people, [], day=3)
        self.assertEqual(cut(self.world.result()), {"no_leader": 4 + 3})

    def test_an_absent_leader_leads_nobody(self):
        occasion = self.world.occasion(self.world.people(3), [self.leader])
        occasion.marks[-1].present = False
        self.assertEqual(cut(self.world.result()), {"absent": 1, "no_leader": 3})

    def test_a_temporary_leader_will_do_and_stays_a_participant(self):
        occasion = self.world.occasion(self.world.people(3, birth=2010), [])
        occasion.marks[0].temporary_leader = True
        self.assertEqual(quantities(self.world.result()), {"male": 3})

    def test_age_is_that_of_the_calendar_year(self):
        births = (2020, 2019, 2001, 2000)  # 6, 7, 25, 26
        people = [self.world.person(birth=birth) for birth in births] + self.world.people(1)
        self.world.occasion(people, [self.leader])
        result = self.world.result()
        self.assertEqual((cut(result), quantities(result)), ({"not_eligible": 2}, {"male": 3, "leaders": 1}))

    def test_disability_has_no_upper_age(self):
        occasion = self.world.occasion([self.world.person(GIRL, 1980), *self.world.people(2)], [self.leader])
        occasion.marks[0].disability = True
        self.assertEqual(quantities(self.world.result()), {"female": 1, "male": 2, "leaders": 1})

    def test_older_people_are_a_group_of_their_own_and_count_towards_three(self):
        self.world.occasion(self.world.people(3, OLD_MAN), [self.leader])
        self.assertEqual(quantities(self.world.result()), {"older": 3, "leaders": 1})

    def test_two_are_too_few_and_the_leader_goes_with_them(self):
        self.world.occasion(self.world.people(2), [self.leader])
        self.assertEqual(cut(self.world.result()), {"too_few": 3})

    def test_more_than_forty_keeps_the_best_paid(self):
        self.world.occasion(self.world.people(39) + self.world.people(3, GIRL), [self.leader])
        result = self.world.result()
        self.assertEqual((cut(result), quantities(result)), ({"too_many": 2}, {"female": 3, "male": 37, "leaders": 1}))

    def test_once_a_day_keeps_the_best_paid_then_the_first(self):
        girls = self.world.people(3, GIRL, 2008)
        # One of them leads in the morning for 8.02 and takes part in the evening for 9.89.
        self.world.occasion(self.world.people(3), [girls[0]], start="09:00", stop="10:00")
        self.world.occasion(girls, [self.leader])
        result = self.world.result()
        self.assertEqual((cut(result), quantities(result)), ({"once_per_person_and_day": 1}, {"female": 3, "male": 3, "leaders": 1}))

    def test_the_first_of_two_equal_ones_is_kept(self):
        people = self.world.people(3)
        later = self.world.occasion(people, [self.leader], start="20:00", stop="21:00")
        self.world.occasion(people, [self.leader])
        self.world.result()
        self.assertEqual({mark.cut_by for mark in later.marks}, {"once_per_person_and_day"})

    def clash(self):
        shared, other = self.world.person(), self.world.person(birth=1979)
        self.world.occasion([shared, *self.world.people(3)], [self.leader], card=1)
        self.world.occasion([shared, *self.world.people(3)], [other], card=2, start="18:30", stop="19:30")

    def test_of_a_clash_the_first_is_kept(self):
        self.clash()
        self.assertEqual(cut(self.world.result(clash="first")), {"clash": 1})

    def test_of_a_clash_none_is_kept(self):
        self.clash()
        self.assertEqual(cut(self.world.result(clash="none")), {"clash": 2})

    def test_of_a_clash_both_are_kept_and_still_one_is_paid_a_day(self):
        self.clash()
        self.assertEqual(cut(self.world.result(clash="both")), {"once_per_person_and_day": 1})

    def test_touching_is_not_clashing(self):
        shared = self.world.person()
        self.world.occasion([shared, *self.world.people(3)], [self.leader], card=1)
        self.world.occasion([shared, *self.world.people(3)], [self.world.person(birth=1970)], card=2, start="19:00", stop="20:00")
        self.assertEqual(cut(self.world.result()), {"once_per_person_and_day": 1})

    def test_what_a_name_says_last_decides(self):
        for activity, excluded in {
            "Julfest": True, "FEST!": True, "Festkommitté": False, "Öppen verksamhet": True, "Öppen träning": False,
            "Läxhjälp och fika": True, "Manifestation": False,
        }.items():
            self.assertEqual(grant.is_excluded(activity), excluded, activity)


class Lateness(unittest.TestCase):
    def test_the_ladder(self):
        steps = {0: 0, 1: 25, 7: 25, 8: 50, 21: 50, 22: 75, 36: 75, 37: 100}
        self.assertEqual({days: grant.late_percent(days) for days in steps}, steps)

    def test_half_a_krona_goes_away_from_zero(self):
        for ore, rounded in {49: 0, 50: 100, 149: 100, 150: 200, -50: -100, -49: 0, 0: 0}.items():
            self.assertEqual(grant.whole_krona(ore), rounded, ore)


class PersonalNumbers(unittest.TestCase):
    # From Skatteverket's test series.
    def test_birth_and_sex(self):
        person = grant.person_of("20160211-2383")
        self.assertEqual((person.birth, person.female), (date(2016, 2, 11), True))
        self.assertEqual(grant.person_of("201304822396").birth, date(2013, 4, 22))

    def test_what_is_no_number(self):
        for wrong in ("201411150000", "201304822397", "19960119TF12", "1506082393", "", "201502302396"):
            self.assertIsNone(grant.person_of(wrong), wrong)


class Files(unittest.TestCase):
    def test_receipt_counts_of_the_small_file(self):
        # The sender's own: 17 occasions, 235 participant and 42 leader marks.
        result = grant.assess([expected.SAMPLES / expected.SMALL])
        self.assertEqual((result["occasions"], result["account"][0]["marks"]), (17, 235 + 42))

    def test_receipt_counts_of_the_large_file(self):
        result = grant.assess([expected.SAMPLES / expected.LARGE])
        self.assertEqual((result["occasions"], result["account"][0]["marks"]), (80, 20238 + 1128))

    def test_the_file_with_all_features_by_hand(self):
        # Paid: 20 Jan 2 f 2 m 2 l; 27 Jan and 3 Feb 2 f 1 m 1 l each; 7 Feb 1 f 3 m 1 l; card 324 on 21 and 22 Jan 3 m 1 l each.
        result = grant.assess([expected.SAMPLES / expected.FEATURES])
        self.assertEqual(quantities(result), {"female": 7, "male": 13, "leaders": 7})
        self.assertEqual(cut(result), {"absent": 1, "no_leader": 4, "not_eligible": 1, "clash": 2, "too_few": 8})
        self.assertEqual(result["total_ore"], 23000)  # 229.63

    def test_another_associations_registration_clashes(self):
        # The same file as another association's: everybody who was there was at both places at once.
        own = expected.SAMPLES / expected.SMALL
        alone = grant.assess([own], clash="none")
        beside = grant.assess([own], clash="none", others=[own])
        unjudged = grant.assess([own], clash="both", others=[own])
        self.assertEqual(alone["total_ore"], unjudged["total_ore"])
        self.assertGreater(alone["total_ore"], 0)
        self.assertEqual(beside["total_ore"], 0)
        # Nobody's lines of the other association stand in the account.
        self.assertEqual(alone["account"][0], beside["account"][0])

    def test_version_decides_over_midnight(self):
        sample = (expected.SAMPLES / expected.MIDNIGHT).read_bytes()
        with self.assertRaises(grant.Refused):
            grant.load(sample.replace(b'version="2.1"', b'version="2.2"'), {})

    def test_encodings(self):
        sample = (expected.SAMPLES / expected.FEATURES).read_bytes()
        latin = sample.decode().replace("utf-8", "iso-8859-1", 1).encode("iso-8859-1")
        for content in (b"\xef\xbb\xbf" + sample, latin):
            known = {}
            grant.load(content, known)
            self.assertIn("Årsmöte", {occasion.activity for occasion in known.values()})

    def test_refusals(self):
        sample = (expected.SAMPLES / expected.FEATURES).read_bytes()
        spoilt = {
            "truncated": sample[:2000],
            "document type": sample.replace(b"<Aktivitetskort ", b"<!DOCTYPE x><Aktivitetskort ", 1),
            "duplicate": sample.replace(b"323-20260127", b"323-20260120"),
            "dangling": sample.replace(b"A28008A2C001", b"A28008A2C0XX", 1),
            "range": sample.replace(b'"323"', b'"3230000000"'),
        }
        for name, content in spoilt.items():
            with self.assertRaises(grant.Refused, msg=name):
                grant.load(content, {})
        with self.assertRaises(grant.Refused):
            grant.load(sample, {}, today=date(2026, 1, 31))
        with self.assertRaises(grant.Refused):
            grant.load(sample, {}, municipality="1280")

    def test_a_removed_occasion_is_gone_and_a_resent_one_replaced(self):
        sample = (expected.SAMPLES / expected.MIDNIGHT).read_bytes()
        known = {}
        grant.load(sample, known)
        grant.load(sample, known)
        self.assertEqual(sum(len(occasion.marks) for occasion in known.values()), 8)
        grant.load(sample.replace(b"<Metod>Add", b"<Metod>Remove"), known)
        self.assertEqual(known, {})

    def test_an_update_changes_only_what_it_names(self):
        sample = (expected.SAMPLES / expected.MIDNIGHT).read_bytes()
        known = {}
        grant.load(sample, known)
        update = sample.replace(b"<Metod>Add", b"<Metod>Update").replace(b"<Naervarande>true", b"<Naervarande>false", 1)
        grant.load(update, known)
        present = [mark.present for occasion in known.values() for mark in occasion.marks]
        self.assertEqual((len(present), present.count(False)), (8, 1))

    def test_the_expected_results_are_fresh(self):
        self.assertEqual(expected.EXPECTED.read_text(encoding="utf-8"), expected.text(), "run tests/independent/expected.py")


if __name__ == "__main__":
    unittest.main()
