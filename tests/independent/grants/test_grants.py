"""The independent calculations are themselves held against sums worked out with pen and paper."""

import unittest
from fractions import Fraction

from grants import attendance, expected
from grants.money import KRONA, ORE, by_dates, by_days, kr, rounded, written
from grants.pots import scaled, shared


class Grants(unittest.TestCase):
    def test_every_case_gives_what_was_worked_out_by_hand(self):
        for grant in expected.GRANTS:
            module = expected.module(grant)
            for name, case in module.CASES.items():
                with self.subTest(grant=grant, case=name):
                    self.assertEqual(kr(module.reckon(case)["total"]), kr(case["hand"]))

    def test_a_grant_has_cases_enough(self):
        for grant in expected.GRANTS:
            module = expected.module(grant)
            self.assertGreaterEqual(len(module.CASES), 5, grant)

    def test_rows_add_up_to_the_total(self):
        for grant in expected.GRANTS:
            module = expected.module(grant)
            for name, case in module.CASES.items():
                result = module.reckon(case)
                summed = [kr(amount) for row, amount in result["rows"].items() if row not in getattr(module, "SHOWN", ())]
                self.assertEqual(sum(summed), kr(result["total"]), (grant, name))
                if "payouts" in result:
                    self.assertEqual(sum(map(kr, result["payouts"].values())), kr(result["total"]), (grant, name))

    def test_the_file_is_as_written_now(self):
        self.assertEqual(expected.EXPECTED.read_text(encoding="utf-8"), expected.text(), "run tests/independent/grants/expected.py")


class Rounds(unittest.TestCase):
    def test_gotene_by_hand(self):
        # 100 000 over 120 + 80 + 15 marks: 55 813.95, 37 209.30 and 6 976.74; the two kronor left go to .95 and .74.
        names = ["stor_forening", "mellanstor_forening", "liten_forening"]
        shares = expected.module("gotene-aktivitetsbidrag").share({"cases": names})
        self.assertEqual(list(shares["shares"].values()), ["55814", "37209", "6977"])

    def test_nordanstig_by_hand(self):
        # 8 + 8 + 4 occasions at 70 are 1 400; 18 600 over 120 + 80 + 12 marks: 10 528.30, 7 018.87, 1 052.83.
        names = ["stor_forening", "mellanstor_forening", "liten_forening_med_ung_ledare"]
        shares = expected.module("nordanstig").share({"cases": names})
        self.assertEqual(list(shares["totals"].values()), ["11088", "7579", "1333"])

    def test_parts_are_the_pot(self):
        for pot, weights in ((100, [1, 1, 1]), (7, [5, 3, 3, 1]), (1, [1, 1]), (1000003, [17, 29, 3, 11])):
            self.assertEqual(sum(shared(Fraction(pot), weights)), pot)
        self.assertEqual(shared(Fraction(100), [1, 1, 1]), [34, 33, 33])
        self.assertEqual(shared(Fraction(100), [0, 0]), [0, 0])

    def test_claims_beyond_the_pot_are_scaled(self):
        self.assertEqual(scaled(Fraction(20000), [Fraction(15000), Fraction(9000)]), [12500, 7500])
        self.assertEqual(scaled(Fraction(20000), [Fraction(12000), Fraction(8000)]), [12000, 8000])


class Money(unittest.TestCase):
    def test_half_goes_away_from_zero(self):
        self.assertEqual([rounded(kr(text), KRONA) for text in ("0.49", "0.5", "1.5", "-0.5", "-0.49")], [0, 1, 2, -1, 0])
        self.assertEqual(rounded(kr("6172.835"), ORE), kr("6172.84"))

    def test_written(self):
        self.assertEqual([written(kr(text)) for text in ("12", "12.50", "-0.0025", "0.1")], ["12", "12.5", "-0.0025", "0.1"])

    def test_ladders(self):
        steps = [(7, 25), (21, 50), (36, 75)]
        self.assertEqual([by_days(steps, days) for days in (0, 1, 7, 8, 21, 22, 36, 37)], [0, 25, 25, 50, 50, 75, 75, 100])
        dates = [("2026-03-31", 25)]
        arrived = ("2026-02-25", "2026-02-26", "2026-03-31", "2026-04-01")
        self.assertEqual([by_dates(dates, "2026-02-25", day) for day in arrived], [0, 25, 25, 100])


class Attendance(unittest.TestCase):
    def read(self, *lines):
        return attendance.read(lines)

    def test_the_line(self):
        first, second = self.read('2026-01-13 *2w 23:30-00:15 "Julfest" card=3: 2 f 2014, 1 m 2013-12-31 d away; leader f 1985')
        self.assertEqual((first.card, first.activity, first.minutes, second.day.isoformat()), (3, "Julfest", 45, "2026-01-20"))
        self.assertEqual([mark.cut for mark in first.marks], ["", "", "absent", ""])
        self.assertEqual([mark.person for mark in first.marks], [mark.person for mark in second.marks])

    def test_one_name_is_the_same_people(self):
        one, two = self.read("2026-01-13 18:00-19:00: 3 f 2014 @lag", "2026-01-14 18:00-19:00: 2 f 2014 @lag, 1 f 2014")
        self.assertEqual([mark.person.number for mark in one.marks + two.marks], [0, 1, 2, 0, 1, 3])

    def test_weeks_are_the_calendars(self):
        occasions = self.read("2026-01-10 *3d 18:00-19:00: 1 f 2014 @lag")  # Saturday, Sunday, Monday
        self.assertEqual(attendance.often(occasions, lambda age: 1, attendance.week), 1)

    def test_the_best_paid_of_a_day_stays(self):
        morning, evening = self.read("2026-01-13 09:00-10:00: 1 f 2014 @lag", "2026-01-13 18:00-19:00: 1 f 2014 @lag")
        pay = lambda occasion, mark: 2 if occasion is evening else 1
        attendance.again([morning, evening], attendance.person_and_day, pay)
        self.assertEqual((morning.marks[0].cut, evening.marks[0].cut), ("again", ""))

    def test_own_disability_needs_less_time(self):
        enough, too_short = self.read(
            "2026-01-13 18:00-18:30: 1 f 2014, 1 f 2014 d; leader m 1985", "2026-01-14 18:00-18:29: 1 f 2014 d; leader m 1985"
        )
        self.assertEqual(attendance.short_by_own_disability([enough, too_short], 45, 30), 3)
        self.assertEqual((len(enough.kept()), len(too_short.kept())), (2, 0))
