"""Sharing a pot: whole kronor, the largest remainders first, so that the parts are the pot."""

from fractions import Fraction


def shared(pot, weights, unit=1):
    """Parts of `pot` in multiples of `unit`, by weight. Ties of remainders: the larger weight, then who came first."""
    whole, everything = pot // unit, sum(weights)
    if not everything:
        return [Fraction(0) for _ in weights]
    exact = [Fraction(whole) * weight / everything for weight in weights]
    parts = [part.__floor__() for part in exact]
    order = sorted(range(len(weights)), key=lambda at: (parts[at] - exact[at], -weights[at], at))
    for at in order[: whole - sum(parts)]:
        parts[at] += 1
    return [Fraction(part) * unit for part in parts]


def scaled(pot, claims):
    """Claims that are more than the pot are cut down in proportion, to the krona."""
    return claims if sum(claims) <= pot else shared(pot, claims)
