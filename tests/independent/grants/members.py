"""Members as an association lists them: `15 f 2014`, `9 f 2014 far` (registered elsewhere)."""


def read(lines):
    members = []
    for line in lines:
        count, sex, year, *flags = line.split()
        members.append((int(count), sex, int(year), "far" not in flags))
    return members


def number(members):
    return sum(count for count, _, _, _ in members)


def aged(members, year, low, high):
    return [member for member in members if low <= year - member[2] <= high]


def resident(members):
    return [member for member in members if member[3]]
