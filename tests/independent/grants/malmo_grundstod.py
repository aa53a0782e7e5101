"""Malmö's basic support: kronor per member, more for large and busy associations, each with its ceiling."""

from grants import attendance as att
from grants.money import Sheet, kr

DUE = "2026-03-01"


def times(members, often, *more):
    return [f"2025-01-07 *{often}d 18:00-19:00: {members} f 2014 @lag; leader m 1985", *more]


CASES = {
    "typiskt": {"hand": "4560", "occasions": times(40, 10)},
    "tjugofem_medlemmar_femtio_tillfallen": {"hand": "2850", "occasions": times(25, 2)},
    "tjugofyra_medlemmar": {"hand": "0", "occasions": times(24, 3)},
    "fyrtionio_tillfallen": {"hand": "0", "occasions": times(24, 2, "2025-06-01 18:00-19:00: 1 f 2014; leader m 1985")},
    "en_gang_racker_inte": {"hand": "2850", "occasions": times(25, 2, "2025-06-01 18:00-19:00: 10 f 2014; leader m 1985")},
    "precis_under_taket": {"hand": "22800", "occasions": times(200, 2)},
    "over_taket": {"hand": "22833", "occasions": times(201, 2)},
    "hog_niva": {"hand": "31132", "occasions": times(181, 14, "2025-06-01 18:00-19:00: 106 f 2014 @lag; leader m 1985")},
    "ett_tillfalle_fran_hog_niva": {
        "hand": "20634",
        "occasions": times(181, 14, "2025-06-01 18:00-19:00: 105 f 2014 @lag; leader m 1985"),
    },
    "en_medlem_fran_hog_niva": {"hand": "20520", "occasions": times(180, 15)},
    "hog_niva_under_taket": {"hand": "34228", "occasions": times(199, 14)},
    "hog_niva_over_taket": {"hand": "34248", "occasions": times(200, 14)},
    "bosatta": {"hand": "2850", "occasions": times(25, 2, "2025-06-01 *2d 18:00-19:00: 5 f 2014 far; leader m 1985")},
    "for_fa_bosatta": {"hand": "0", "occasions": times(24, 2, "2025-06-01 *2d 18:00-19:00: 6 f 2014 far; leader m 1985")},
    "aldrar": {
        "hand": "2964",
        "occasions": times(
            22, 2, "2025-06-01 *2d 18:00-19:00: 1 f 2021, 1 f 2022, 1 f 2000, 1 f 1999, 1 m 1960, 1 m 1961, 1 m 1980 d; leader m 1985"
        ),
    },
    "sista_dagen": {"hand": "4560", "received": "2026-03-01", "occasions": times(40, 10)},
    "en_dag_sent": {"hand": "0", "received": "2026-03-02", "occasions": times(40, 10)},
    "brutet_rakenskapsar": {"hand": "4560", "received": "2026-09-01", "due": "2026-09-01", "occasions": times(40, 10)},
}


def reckon(case):
    occasions, sheet, cuts = att.read(case["occasions"]), Sheet(), {}
    cuts["eligible"] = att.outside_ages(occasions, 4, 25, 65)
    there = att.participations(occasions)
    members = sum(1 for person in att.attended(occasions, 2) if person.resident)
    sheet.require("for_fa_medlemmar", members >= 25)
    sheet.require("for_fa_tillfallen", there >= 50)
    sheet.require("for_sent", case.get("received", "2026-02-10") <= case.get("due", DUE))
    if members >= 181 and there >= 2640:
        sheet.add("grundstod_hog", members * kr("172"))
        sheet.limit("tak_hog", kr("34248"))
    else:
        sheet.add("grundstod", members * kr("114"))
        sheet.limit("tak", kr("22833"))
    sheet.other["account"] = att.account(occasions, cuts)
    return sheet.close()
