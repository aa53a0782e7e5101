"""Kumla: kronor per whole hour by how many take part, three hours at most."""

from datetime import date

from grants import attendance as att
from grants.money import Sheet, kr

DUE = "2026-08-31"
# More than thirty are paid as thirty.
SIZES = [(3, 10, kr("40")), (11, 20, kr("60")), (21, None, kr("80"))]

EVENING = ["2026-02-03 18:00-19:00: 5 f 2014; leader m 1985"]

CASES = {
    "en_vanlig_termin": {"hand": "480", "occasions": ["2026-01-13 *8w 18:00-19:00: 10 f 2014, 5 m 2014; leader m 1985"]},
    "gruppens_storlek": {
        "hand": "440",
        "occasions": [
            f"2026-02-{day:02} 18:00-19:00: {size} f 2014; leader m 1985"
            for day, size in enumerate((2, 3, 10, 11, 20, 21, 30, 31), 1)
        ],
    },
    "heltimmar": {
        "hand": "400",
        "occasions": [
            f"2026-02-{day:02} 14:00-{stop}: 3 f 2014; leader m 1985"
            for day, stop in enumerate(("14:44", "14:45", "15:59", "16:00", "17:00", "18:00"), 1)
        ],
    },
    "aldersgranserna": {
        "hand": "40",
        "occasions": [
            "2026-02-03 18:00-19:00: 1 f 2022-12-31, 1 f 2001-01-01, 1 m 1980 d; leader m 1985",
            "2026-02-04 18:00-19:00: 1 f 2022-12-31, 1 f 2001-01-01, 1 f 2023-01-01, 1 f 2000-12-31, 1 m 1950; leader m 1985",
        ],
    },
    "startbidrag_tolv_manader": {"hand": "40", "start": "2025-08-20", "occasions": EVENING},
    "grundbidrag_tolv_manader": {"hand": "40", "start": None, "base": "2025-08-20", "occasions": EVENING},
    "grundbidrag_for_gammalt": {"hand": "0", "start": "2025-08-19", "base": "2025-08-19", "occasions": EVENING},
    "inget_bidrag_kant": {"hand": "40", "start": None, "occasions": EVENING},
    "sista_dagen": {"hand": "40", "received": "2026-08-31", "occasions": EVENING},
    "en_dag_sent": {"hand": "0", "received": "2026-09-01", "occasions": EVENING},
}


def within_a_year(decided, received):
    then, now = date.fromisoformat(decided), date.fromisoformat(received)
    return now.replace(year=now.year - 1) <= then <= now


def reckon(case):
    occasions, sheet, cuts = att.read(case["occasions"]), Sheet(), {}
    received = case.get("received", "2026-08-20")
    start, base = case.get("start", "2025-10-01"), case.get("base")
    if not (start and within_a_year(start, received)):
        sheet.require("utan_grundbidrag", within_a_year(base, received) if base else None)
    sheet.require("for_sent", received <= DUE)
    cuts["min_minutes"] = att.short(occasions, 45)
    cuts["eligible_only"] = att.outside_ages(occasions, 4, 25)
    cuts["at_least"] = att.few(occasions, 3)
    for low, high, rate in SIZES:
        held = [occasion for occasion in occasions if low <= len(occasion.participants()) <= (high or 10**6)]
        sheet.add(f"timmar_{low}_{high}" if high else f"timmar_{low}", rate * sum(min(3, max(1, occasion.minutes // 60)) for occasion in held))
    sheet.other["account"] = att.account(occasions, cuts)
    return sheet.close()
