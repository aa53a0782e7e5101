"""Kronor as fractions, and the sheet on which a grant is reckoned: rows, checks, a total in whole öre."""

from datetime import date
from fractions import Fraction

ORE = Fraction(1, 100)
KRONA = Fraction(1)


def kr(text):
    return Fraction(str(text))


def rounded(amount, unit):
    """To the nearest multiple of a unit; half goes away from zero."""
    whole = (abs(amount) / unit + Fraction(1, 2)).__floor__() * unit
    return whole if amount >= 0 else -whole


def written(amount):
    """Exact, without zeros at the end: 12.5."""
    if amount.denominator == 1:
        return str(amount.numerator)
    scale = 0
    while (amount * 10**scale).denominator != 1:
        scale += 1
    digits = str(abs((amount * 10**scale).numerator)).rjust(scale + 1, "0")
    return ("-" if amount < 0 else "") + digits[:-scale] + "." + digits[-scale:]


def days_late(due, arrived):
    return max(0, (date.fromisoformat(arrived) - date.fromisoformat(due)).days)


def by_days(steps, days):
    """The percentage of the first step that the days do not exceed; after the last one everything."""
    if days == 0:
        return 0
    return next((percent for most, percent in steps if days <= most), 100)


def by_dates(steps, due, arrived):
    """The same where the steps are days of the calendar."""
    if arrived <= due:
        return 0
    return next((percent for last, percent in steps if arrived <= last), 100)


class Sheet:
    """Rows that change nothing are not written down."""

    def __init__(self):
        self.rows, self.shown, self.checks, self.sum, self.other = {}, {}, {}, Fraction(0), {}

    def add(self, row, amount):
        if amount:
            self.rows[row] = self.rows.get(row, Fraction(0)) + amount
            self.sum += amount

    def show(self, row, amount):
        """A figure to be read, which is not part of the sum."""
        self.shown[row] = amount

    def limit(self, row, most):
        self.add(row, min(Fraction(0), most - self.sum))

    def reduce(self, row, percent):
        self.add(row, -self.sum * Fraction(percent, 100))

    def require(self, check, holds):
        """`None`: it is not known."""
        self.checks[check] = {True: "ok", False: "fail", None: "unknown"}[holds]

    def warn(self, check, holds):
        self.checks[check] = "soft" if holds else "ok"

    def close(self, unit=ORE):
        """Rounds, takes everything back where a requirement is not met, and says what came out."""
        for to in (unit, ORE):
            self.add("rounding", rounded(self.sum, to) - self.sum)
        if "fail" in self.checks.values():
            self.add("requirement_not_met", -self.sum)
        rows = {**self.shown, **{row: amount for row, amount in self.rows.items() if amount}}
        result = {"total": written(self.sum), "rows": {row: written(amount) for row, amount in rows.items()}}
        return {**result, "checks": self.checks, **self.other}
