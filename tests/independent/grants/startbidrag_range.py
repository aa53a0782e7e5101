"""Start grants of eight municipalities: seven amounts, and five percent of the price base amount."""

from datetime import date

from grants.money import Sheet, kr

AMOUNTS = {"sigtuna": 1000, "stromstad": 1000, "svenljunga": 2000, "tanum": 3000, "bjuv": 5000, "kumla": 5000, "torsby": 6000}
PRICE_BASE = {"2025": kr("58800"), "2026": kr("59200")}


def but(hand, kommun, **changes):
    return {"hand": hand, "kommun": kommun, "period": "2026", "received": "2026-03-01", "founded": "2026-01-10", **changes}


CASES = {
    **{name: but(str(amount), name) for name, amount in AMOUNTS.items()},
    "upplands_bro": but("2960", "upplands_bro"),
    "upplands_bro_forra_aret": but("2940", "upplands_bro", period="2025", received="2025-03-01", founded="2025-01-10"),
    "upplands_bro_pa_dagen_tre_manader": but("2960", "upplands_bro", received="2026-04-10"),
    "upplands_bro_en_dag_sent": but("0", "upplands_bro", received="2026-04-11"),
    "upplands_bro_okand_alder": but("2960", "upplands_bro", founded=None),
    "kumla_efter_ett_halvar": but("5000", "kumla", received="2026-07-10"),
    "redan_fatt": but("0", "kumla", earlier=[("startbidrag-range", "2025", "5000")]),
    "stadgar_saknas": but("0", "bjuv", statutes=None),
    "protokoll_saknas": but("0", "bjuv", minutes=None),
}


def within_three_months(founded, received):
    first, then = date.fromisoformat(founded), date.fromisoformat(received)
    months = (then.year - first.year) * 12 + then.month - first.month
    return months < 3 or (months == 3 and then.day <= first.day)


def reckon(case):
    sheet = Sheet()
    sheet.require("redan_fatt", not case.get("earlier"))
    sheet.require("stadgar_saknas", case.get("statutes", "uploaded") is not None)
    sheet.require("protokoll_saknas", case.get("minutes", "uploaded") is not None)
    if case["kommun"] == "upplands_bro":
        sheet.require("for_sent", within_three_months(case["founded"], case["received"]) if case["founded"] else None)
        sheet.add("andel_av_prisbasbeloppet", PRICE_BASE[case["period"]] * kr("0.05"))
    else:
        sheet.add("startbidrag", kr(AMOUNTS[case["kommun"]]))
    return sheet.close()
