"""Attendance in a line's writing, and the ways in which municipalities cut it down.

An occasion is written as

    2026-01-13 *8w 18:00-19:00 "Julfest" card=3: 10 f 2014, 5 m 2014 d; leader f 1985

that is: first day, how often (`*8w` eight weeks running, `*40d` forty days running, or more days after commas), from
and to, then the participants and after a semicolon the leaders. Behind a group's sex and year of birth may stand
`d` (disability), `away` (absent), `far` (registered elsewhere), `helps` (temporary leader), `lost` (counts elsewhere)
and `@name`: groups of one name are the same persons, the smaller part of the greater.

Every cutting function takes the occasions, marks what it cuts, and returns how many marks that were.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta


@dataclass(frozen=True)
class Person:
    number: int
    female: bool
    birth: date
    resident: bool

    def age(self, year):
        return year - self.birth.year


@dataclass
class Mark:
    person: Person
    leads: bool
    disability: bool = False
    absent: bool = False
    helps: bool = False
    lost: bool = False
    cut: str = ""
    # Whether somebody of 65 or more is paid as older.
    older: bool = False


@dataclass
class Occasion:
    card: int
    start: datetime
    stop: datetime
    activity: str
    place: str
    registered: date | None
    marks: list = field(default_factory=list)

    def order(self):
        return (self.start, self.card)

    @property
    def day(self):
        return self.start.date()

    @property
    def minutes(self):
        return int((self.stop - self.start).total_seconds()) // 60

    def kept(self):
        return [mark for mark in self.marks if not mark.cut]

    def participants(self):
        return [mark for mark in self.kept() if not mark.leads]

    def leaders(self):
        return [mark for mark in self.kept() if mark.leads or mark.helps]

    def age(self, mark):
        return mark.person.age(self.day.year)


LINE = re.compile(
    r'(?P<days>[\d\-, ]+?)(?: \*(?P<times>\d+)(?P<step>[dw]))? (?P<start>\d\d:\d\d)-(?P<stop>\d\d:\d\d)'
    r'(?: "(?P<activity>[^"]*)")?(?P<more>(?: \w+=[\w\-]+)*): (?P<participants>[^;]*)(?:; (?P<leaders>.*))?'
)


def days_of(match):
    days = [date.fromisoformat(day.strip()) for day in match["days"].split(",")]
    step = {"d": 1, "w": 7, None: 0}[match["step"]]
    for _ in range(int(match["times"] or 1) - 1):
        days.append(days[-1] + timedelta(days=step))
    return days


def groups_of(text):
    """(number, words) of each group: `10 f 2014 d @lag`."""
    for part in (part.split() for part in (text or "").split(",") if part.strip()):
        part = part[1:] if part[0] in ("leader", "leaders") else part
        number, words = (int(part[0]), part[1:]) if part[0].isdigit() else (1, part)
        yield number, words


def birth_of(word):
    return date(int(word), 5, 1) if len(word) == 4 else date.fromisoformat(word)


def read(lines):
    """The occasions of a case, in order of day, start and card."""
    people, named, occasions = [], defaultdict(list), []
    for at, line in enumerate(lines, 1):
        match = LINE.fullmatch(line)
        if not match:
            raise ValueError(line)
        more = dict(pair.split("=") for pair in match["more"].split())
        marks = []
        for text, leads in ((match["participants"], False), (match["leaders"], True)):
            for number, words in groups_of(text):
                sex, born, flags = words[0], words[1], words[2:]
                name = next((flag for flag in flags if flag.startswith("@")), None)
                group = named[name] if name else []
                while len(group) < number:
                    people.append(Person(len(people), sex == "f", birth_of(born), "far" not in flags))
                    group.append(people[-1])
                marks += [
                    (person, leads, "d" in flags, "away" in flags, "helps" in flags, "lost" in flags) for person in group[:number]
                ]
        for day in days_of(match):
            start, stop = (datetime.fromisoformat(f"{day}T{match[end]}") for end in ("start", "stop"))
            stop += timedelta(days=1) if stop <= start else timedelta()
            after = more.get("registered_after")
            registered = day + timedelta(days=int(after)) if after else None
            occasion = Occasion(int(more.get("card", at)), start, stop, match["activity"] or "", more.get("place", ""), registered)
            occasion.marks = [Mark(*mark) for mark in sorted(marks, key=lambda mark: (mark[0].number, mark[1]))]
            occasions.append(occasion)
    occasions.sort(key=Occasion.order)
    for occasion in occasions:
        for mark in occasion.marks:
            mark.cut = "absent" if mark.absent else ""
    return occasions


# ------------------------------------------------------------------ cutting


def cut(marks, why):
    for mark in marks:
        mark.cut = why
    return len(marks)


def short(occasions, least):
    return sum(cut(occasion.kept(), "short") for occasion in occasions if occasion.minutes < least)


def short_by_own_disability(occasions, least, least_with_disability):
    """Each participant by her own need; a leader stays as long as anybody does."""
    count = 0
    for occasion in occasions:
        limit = {False: least, True: least_with_disability}
        gone = [mark for mark in occasion.participants() if occasion.minutes < limit[mark.disability]]
        count += cut(gone, "short")
        if occasion.minutes < least and not occasion.participants():
            count += cut(occasion.kept(), "short")
    return count


def short_by_age(occasions, bands):
    """Participants of an age whose occasions must be longer. `bands`: (from, to, minutes)."""
    count = 0
    for occasion in occasions:
        for low, high, least in bands:
            gone = [mark for mark in occasion.participants() if low <= occasion.age(mark) <= high and occasion.minutes < least]
            count += cut(gone, "short")
    return count


def without_leader(occasions, least_age):
    count = 0
    for occasion in occasions:
        count += cut([mark for mark in occasion.kept() if mark.leads and occasion.age(mark) < least_age], "leader")
        if not any(occasion.age(mark) >= least_age for mark in occasion.leaders()):
            count += cut(occasion.kept(), "leader")
    return count


def outside_ages(occasions, low, high, older_from=None):
    """A disability takes away the upper limit only. Without `older_from` nobody is paid for being old."""
    count = 0
    for occasion in occasions:
        for mark in occasion.participants():
            age = occasion.age(mark)
            fits = low <= age and (age <= high or mark.disability)
            if not fits and older_from is not None and age >= older_from:
                mark.older = True
            elif not fits:
                count += cut([mark], "age")
    return count


def lost_elsewhere(occasions):
    return sum(cut([mark for mark in occasion.kept() if mark.lost], "clash") for occasion in occasions)


def registered_late(occasions, most_days):
    late = [
        occasion for occasion in occasions if occasion.registered and (occasion.registered - occasion.day).days > most_days
    ]
    return sum(cut(occasion.kept(), "registered") for occasion in late)


def called(occasions, words):
    """Occasions whose name ends a word with one of `words`: `fest` is in Julfest and not in Festkommitté."""
    count = 0
    for occasion in occasions:
        name = re.findall(r"\w+", occasion.activity.casefold())
        for word in (word.split() for word in words):
            spots = range(len(name) - len(word) + 1)
            if any(name[at].endswith(word[0]) and name[at + 1 : at + len(word)] == word[1:] for at in spots):
                count += cut(occasion.kept(), "kind")
                break
    return count


def again(occasions, key, pay=None, who=lambda mark: True):
    """Of the marks with one key only one stays: the best paid, else the first."""
    seen = defaultdict(list)
    for occasion in occasions:
        for mark in occasion.kept():
            if who(mark):
                seen[key(occasion, mark)].append((-(pay(occasion, mark) if pay else 0), len(seen[key(occasion, mark)]), mark))
    return sum(cut([mark for _, _, mark in sorted(marks, key=lambda entry: entry[:2])[1:]], "again") for marks in seen.values())


def person_and_day(occasion, mark):
    return (mark.person, occasion.day)


def few(occasions, least, least_if_all_have_disability=None):
    count = 0
    for occasion in occasions:
        there = occasion.participants()
        all_have = there and all(mark.disability for mark in there)
        limit = least_if_all_have_disability if all_have and least_if_all_have_disability else least
        if len(there) < limit:
            count += cut(occasion.kept(), "few")
    return count


def many(occasions, most_of, pay=None):
    """`most_of(occasion)` participants stay: the best paid, else the first."""
    count = 0
    for occasion in occasions:
        there = occasion.participants()
        if pay:
            there.sort(key=lambda mark: -pay(occasion, mark))
        count += cut(there[most_of(occasion) :], "many")
    return count


def week(occasion):
    return occasion.day.isocalendar()[:2]


def year(occasion):
    return occasion.day.year


def often(occasions, most_of_age, unit, sport=lambda occasion: ""):
    """A participant's first marks of each week or year stay, as many as her age allows."""
    seen, count = defaultdict(int), 0
    for occasion in occasions:
        for mark in occasion.participants():
            key = (mark.person, sport(occasion), unit(occasion))
            most = most_of_age(occasion.age(mark))
            if most is not None and seen[key] >= most:
                count += cut([mark], "often")
            else:
                seen[key] += 1
    return count


def with_numbers(occasions, unit, sport):
    """Each kept participant mark and its number within its person, sport and unit: 1, 2, 3 …"""
    seen, numbers = defaultdict(int), []
    for occasion in occasions:
        for mark in occasion.participants():
            key = (mark.person, sport(occasion), unit(occasion))
            seen[key] += 1
            numbers.append((mark, seen[key]))
    return numbers


def leading_two(occasions):
    """A leader of two occasions that overlap in time keeps the first."""
    count = 0
    for at, occasion in enumerate(occasions):
        for mark in [mark for mark in occasion.kept() if mark.leads]:
            for before in occasions[:at]:
                there = any(other.person == mark.person and other.leads for other in before.kept())
                if there and before.stop > occasion.start and not mark.cut:
                    count += cut([mark], "two")
    return count


def leading_and_taking_part(occasions):
    count = 0
    for occasion in occasions:
        leaders = {mark.person for mark in occasion.kept() if mark.leads}
        count += cut([mark for mark in occasion.participants() if mark.person in leaders], "both")
    return count


# ------------------------------------------------------------------ counting


def held(occasions):
    return [occasion for occasion in occasions if occasion.kept()]


def participations(occasions, which=lambda occasion, mark: True):
    return sum(1 for occasion in occasions for mark in occasion.participants() if which(occasion, mark))


def attended(occasions, least):
    """The persons with at least so many kept participant marks."""
    seen = defaultdict(int)
    for occasion in occasions:
        for mark in occasion.participants():
            seen[mark.person] += 1
    return [person for person, times in seen.items() if times >= least]


def account(occasions, cuts):
    """From all marks to those that are left, by the name of what cut them; what cut nothing is not named."""
    marks = [mark for occasion in occasions for mark in occasion.marks]
    absent = sum(1 for mark in marks if mark.absent)
    lines = {"imported": len(marks), **{name: -count for name, count in {"absent": absent, **cuts}.items() if count}}
    kept = sum(1 for mark in marks if not mark.cut)
    if sum(lines.values()) != kept:
        raise AssertionError("the account does not add up")
    return {**lines, "paid": kept}
