#!/usr/bin/env python3
"""The activity grant of a period, reckoned a second time.

Written from the public format (DAK 2.1 and 2.2) and the municipality's published rule alone, in another
language, with nothing of the product's own: where the two agree to the öre, both would have to be wrong in
the same way. It is slow and plain on purpose.

    tests/independent/aktivitetsstod.py FILE... [--other FILE]... [--today DATE] [--clash none|first|both] [--late-days N] [--json]

FILE is a DAK file, gzipped or not; several are read in order, as if sent one after the other.
--other names the file of another association, once for each: who is at two associations' occasions at the same time
clashes across them, and the grant's rule for clashes (--clash) says which of the registrations counts.
Personal numbers are never printed.
"""

import argparse
import gzip
import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction

# The rule, Göteborg's activity grant of 2026. Amounts in öre.
LEAST_MINUTES = 45
LEAST_PARTICIPANTS = 3
MOST_PARTICIPANTS = 40
LEADER_FROM_AGE = 13
AGES = (7, 25)
OLDER_FROM_AGE = 65
RATES = {"female": 989, "male": 802, "leaders": 802, "older": 802}
RATE_YEAR = 2026
# Days late, at most, and what is then taken off in percent; after the last step nothing is paid.
LATE_STEPS = ((7, 25), (21, 50), (36, 75))
# Activities that give no grant, known by the last part of a word in their name.
EXCLUDED = (
    "fest", "läxläsning", "läxhjälp", "högtid", "gudstjänst", "andakt", "partimöte", "studiecirkel", "öppen verksamhet",
)

ACCOUNT = (
    "absent", "too_short", "excluded_kind", "no_leader", "not_eligible", "clash", "once_per_person_and_day",
    "too_few", "too_many",
)


class Refused(Exception):
    """The file is not accepted; nothing of it counts."""


@dataclass(frozen=True)
class Person:
    number: str
    birth: date
    female: bool

    def age(self, year):
        return year - self.birth.year


@dataclass
class Mark:
    occasion: "Occasion"
    person: Person
    on_leader_list: bool
    present: bool
    temporary_leader: bool
    disability: bool
    cut_by: str = ""
    group: str = ""

    def order(self):
        """Date, start, card, code, person; of one person's two roles the participant comes first."""
        return (*self.occasion.order(), self.person.number, self.on_leader_list)


@dataclass
class Occasion:
    card: int
    code: str
    start: datetime
    stop: datetime
    activity: str
    marks: list = field(default_factory=list)

    def order(self):
        return (self.start.date(), self.start.time(), self.card, self.code)

    def minutes(self):
        return int((self.stop - self.start).total_seconds()) // 60


# ------------------------------------------------------------------ reading


def read_bytes(path):
    with open(path, "rb") as file:
        content = file.read()
    return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content


def parse(content):
    """The document's root, names without namespace. expat minds the declared encoding and the byte order mark."""
    if b"<!DOCTYPE" in content:
        raise Refused("the file has a document type definition")
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, LookupError) as error:
        raise Refused(f"not well-formed: {error}") from error
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def person_of(number):
    """The person a personal number tells of, or None when it tells of nobody."""
    number = number.strip()
    if re.fullmatch(r"\d{8}-\d{4}", number):
        number = number.replace("-", "")
    if not re.fullmatch(r"\d{12}", number):
        return None
    year, month, day = int(number[:4]), int(number[4:6]), int(number[6:8])
    if day > 60:  # a coordination number
        day -= 60
    try:
        birth = date(year, month, day)
    except ValueError:
        return None
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(number[2:]))
    if sum(value // 10 + value % 10 for value in doubled) % 10 != 0:
        return None
    return Person(number, birth, int(number[10]) % 2 == 0)


def register(root, name, entry):
    """Sender's id -> person or None. An id that stands nowhere is a dangling reference."""
    persons = {}
    for element in root.findall(f"{name}/{entry}"):
        persons[element.get("id")] = person_of(element.findtext("Personnummer", ""))
    return persons


def truth(text):
    return (text or "").strip() in ("true", "1")


def clock(text):
    text = text.strip()
    return time.fromisoformat(text)


def span(meeting, version):
    """Start and stop. 2.1 lets a stop not after the start mean the next day; 2.2 has StoppDatum for it."""
    day = date.fromisoformat(meeting.get("Datum"))
    start = datetime.combine(day, clock(meeting.findtext("StartTid")))
    stop_day = date.fromisoformat((meeting.findtext("StoppDatum") or meeting.get("Datum")).strip())
    stop = datetime.combine(stop_day, clock(meeting.findtext("StoppTid")))
    if version == "2.1" and stop <= start:
        stop += timedelta(days=1)
    if stop <= start:
        raise Refused(f"occasion {meeting.get('kod')} does not end after it begins")
    return start, stop


def marks_of(meeting, occasion, participants, leaders):
    """The marks of a meeting, and how many had to be left out for want of a usable personal number."""
    marks, left_out = {}, 0
    for path, people, leading in (("DeltagarLista/Deltagare", participants, False), ("LedarLista/Ledare", leaders, True)):
        for element in meeting.findall(path):
            key = element.get("id")
            if key not in people:
                raise Refused(f"occasion {occasion.code} names somebody who is in no register")
            person = people[key]
            if person is None:
                left_out += 1
                continue
            mark = Mark(
                occasion,
                person,
                leading,
                truth(element.findtext("Naervarande")),
                truth(element.get("tillfaelligLedare")),
                truth(element.findtext("Handikapp")),
            )
            # One person under two ids on one list is one person there, present if either is.
            earlier = marks.get((person, leading))
            if earlier is not None:
                mark.present |= earlier.present
                mark.temporary_leader |= earlier.temporary_leader
                mark.disability |= earlier.disability
            marks[(person, leading)] = mark
    return marks, left_out


def load(content, known, municipality=None, today=None):
    """Adds a file to `known` (key -> occasion). Returns how many marks were left out."""
    root = parse(content)
    kommun = root.find("Kommun")
    if root.tag != "Aktivitetskort" or kommun is None:
        raise Refused("not a DAK file")
    version = kommun.get("version") or "2.2"
    if municipality is not None and int(kommun.get("kommunID")) != int(municipality):
        raise Refused("another municipality's file")
    participants, leaders = register(root, "DeltagarRegister", "Deltagare"), register(root, "LedarRegister", "Ledare")
    left_out, seen = 0, set()
    for association in kommun.findall("Foerening"):
        for card in association.findall("Naervarokort"):
            card_number = int(card.get("NaervarokortNummer"))
            if not -(2**31) <= card_number < 2**31:
                raise Refused("a card's number is out of range")
            for meeting in card.findall("Sammankomster/Sammankomst"):
                start, stop = span(meeting, version)
                if today is not None and start.date() > today:
                    raise Refused(f"occasion {meeting.get('kod')} lies in the future")
                # A code without a year may come back next year; the year keeps them apart.
                key = (association.get("foereningsID"), card_number, meeting.get("kod"), start.year)
                if key in seen:
                    raise Refused(f"occasion {meeting.get('kod')} stands twice")
                seen.add(key)
                occasion = Occasion(card_number, meeting.get("kod"), start, stop, meeting.findtext("Aktivitet", ""))
                method = meeting.findtext("Metod", "Add").strip()
                if method == "Remove":
                    known.pop(key, None)
                    continue
                marks, without = marks_of(meeting, occasion, participants, leaders)
                left_out += without
                if method == "Update" and key in known:
                    # Only the marks that were sent change.
                    old = {(mark.person, mark.on_leader_list): mark for mark in known[key].marks}
                    marks = {**old, **marks}
                    for mark in marks.values():
                        mark.occasion = occasion
                occasion.marks = list(marks.values())
                known[key] = occasion
    return left_out


# ------------------------------------------------------------------ judging


def group_of(mark):
    """Which group a present mark is paid in, or None."""
    age = mark.person.age(mark.occasion.start.year)
    if mark.on_leader_list:
        return "leaders" if age >= LEADER_FROM_AGE else None
    if age >= OLDER_FROM_AGE and not mark.disability:
        return "older"
    if AGES[0] <= age <= AGES[1] or (mark.disability and age >= AGES[0]):
        return "female" if mark.person.female else "male"
    return None


def leads(mark):
    return (
        mark.present
        and (mark.on_leader_list or mark.temporary_leader)
        and mark.person.age(mark.occasion.start.year) >= LEADER_FROM_AGE
    )


def is_excluded(activity):
    words = re.findall(r"\w+", activity.casefold())
    for term in EXCLUDED:
        parts = term.split()
        for at in range(len(words) - len(parts) + 1):
            window = words[at : at + len(parts)]
            if window[0].endswith(parts[0]) and window[1:] == parts[1:]:
                return True
    return False


def lost_clashes(marks, keep):
    """Marks that gave way: the same person at overlapping times on one day, whatever else is wrong with the marks."""
    per_person_and_day = defaultdict(list)
    for mark in marks:
        if mark.present:
            per_person_and_day[(mark.person, mark.occasion.start.date())].append(mark)
    lost = set()
    for mine in per_person_and_day.values():
        mine.sort(key=Mark.order)
        kept = []
        for mark in mine:
            rivals = [
                other
                for other in (mine if keep == "none" else kept)
                if other.occasion is not mark.occasion
                and other.occasion.start < mark.occasion.stop
                and mark.occasion.start < other.occasion.stop
            ]
            if rivals and keep != "both":
                lost.add(id(mark))
            else:
                kept.append(mark)
    return lost


def calculate(occasions, clash="first", late_days=0, others=()):
    """The account and the rows. Amounts in öre; the total is whole kronor. `others` are other associations' occasions."""
    occasions = sorted(occasions, key=Occasion.order)
    marks = sorted((mark for occasion in occasions for mark in occasion.marks), key=Mark.order)
    for occasion in occasions:
        if occasion.start.year != RATE_YEAR:
            raise Refused(f"the amounts are those of {RATE_YEAR}, not of {occasion.start.year}")
    lost = lost_clashes(marks + [mark for occasion in others for mark in occasion.marks], clash)
    by_occasion = {id(occasion): [mark for mark in marks if mark.occasion is occasion] for occasion in occasions}

    def left(among=None):
        return [mark for mark in (marks if among is None else among) if not mark.cut_by]

    def cut(reason, whom):
        for mark in whom:
            mark.cut_by = reason

    def cut_occasions(reason, condition):
        for occasion in occasions:
            mine = left(by_occasion[id(occasion)])
            if condition(occasion, mine):
                cut(reason, mine)

    cut("absent", [mark for mark in left() if not mark.present])
    cut_occasions("too_short", lambda occasion, _: occasion.minutes() < LEAST_MINUTES)
    cut_occasions("excluded_kind", lambda occasion, _: is_excluded(occasion.activity))
    cut_occasions("no_leader", lambda _, mine: not any(map(leads, mine)))
    for mark in left():
        mark.group = group_of(mark) or ""
    cut("not_eligible", [mark for mark in left() if not mark.group])
    cut("clash", [mark for mark in left() if id(mark) in lost])

    days = defaultdict(list)
    for mark in left():
        days[(mark.person, mark.occasion.start.date())].append(mark)
    for mine in days.values():
        cut("once_per_person_and_day", sorted(mine, key=lambda mark: (-RATES[mark.group], mark.order()))[1:])

    cut_occasions("too_few", lambda _, mine: sum(not mark.on_leader_list for mark in mine) < LEAST_PARTICIPANTS)
    for occasion in occasions:
        paid = [mark for mark in left(by_occasion[id(occasion)]) if not mark.on_leader_list]
        cut("too_many", sorted(paid, key=lambda mark: (-RATES[mark.group], mark.order()))[MOST_PARTICIPANTS:])

    account = [{"id": "imported", "marks": len(marks)}]
    for reason in ACCOUNT:
        gone = [mark for mark in marks if mark.cut_by == reason]
        leaders = sum(mark.on_leader_list for mark in gone)
        account.append({"id": reason, "marks": len(gone), "participants": len(gone) - leaders, "leaders": leaders})
    account.append({"id": "paid", "marks": len(left())})

    rows = []
    for group, rate in RATES.items():
        quantity = sum(mark.group == group for mark in left())
        rows.append({"id": group, "quantity": quantity, "rate_ore": rate, "value_ore": quantity * rate})
    before = Fraction(sum(row["value_ore"] for row in rows))
    reduction = before * late_percent(late_days) / 100
    total = whole_krona(before - reduction)
    # A reduction may end between two öre; it is kept exact and shown as text then.
    return {
        "account": account,
        "rows": rows,
        "sum_ore": int(before),
        "late": {"days": late_days, "percent": late_percent(late_days), "reduction_ore": exact(reduction)},
        "rounding_ore": exact(total - (before - reduction)),
        "total_ore": total,
    }


def late_percent(days):
    if days <= 0:
        return 0
    return next((percent for most, percent in LATE_STEPS if days <= most), 100)


def whole_krona(ore):
    """Öre to the nearest hundred, half away from zero."""
    kronor = int((abs(ore) + 50) // 100)
    return (kronor if ore >= 0 else -kronor) * 100


def exact(ore):
    ore = Fraction(ore)
    return int(ore) if ore.denominator == 1 else f"{float(ore):.2f}"


def assess(paths, clash="first", late_days=0, municipality=None, today=None, others=()):
    """Files to result. Each path of `others` is another association's file."""
    known, left_out, elsewhere = {}, 0, []
    for path in paths:
        left_out += load(read_bytes(path), known, municipality, today)
    for path in others:
        theirs = {}
        load(read_bytes(path), theirs, municipality, today)
        elsewhere.extend(theirs.values())
    result = calculate(list(known.values()), clash, late_days, elsewhere)
    return {"occasions": len(known), "marks_without_usable_number": left_out, **result}


def kronor(ore):
    return f"{ore / 100:,.2f}".replace(",", " ") if isinstance(ore, int) else f"{ore} öre"


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--other", action="append", default=[], metavar="FILE", help="another association's file")
    parser.add_argument("--today", type=date.fromisoformat, help="refuse what lies after this date")
    parser.add_argument("--municipality", help="refuse files for another municipality code")
    parser.add_argument("--clash", choices=("none", "first", "both"), default="first", help="which registration counts")
    parser.add_argument("--late-days", type=int, default=0, help="how many days late the application was")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    try:
        result = assess(options.files, options.clash, options.late_days, options.municipality, options.today, options.other)
    except Refused as refusal:
        print(f"refused: {refusal}", file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(result, indent=2, ensure_ascii=False))
        return 0
    for line in result["account"]:
        sign = "" if line["id"] in ("imported", "paid") else "-"
        print(f"{line['id']:<26}{sign + str(line['marks']):>8}")
    for row in result["rows"]:
        print(f"{row['id']:<26}{row['quantity']:>8} x {kronor(row['rate_ore'])} = {kronor(row['value_ore'])}")
    print(f"{'late':<26}{result['late']['percent']:>7} % = -{kronor(result['late']['reduction_ore'])}")
    print(f"{'rounding':<26}{kronor(result['rounding_ore']):>8}")
    print(f"{'total':<26}{kronor(result['total_ore']):>8}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
