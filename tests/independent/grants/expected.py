#!/usr/bin/env python3
"""Writes EXPECTED.json: what the independent calculations say of every case and round of the twenty-three grants.

    python3 -B tests/independent/grants/expected.py
"""

import importlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
EXPECTED = HERE / "EXPECTED.json"

# Grant -> the module that reckons it.
GRANTS = {
    "goteborg-aktivitetsbidrag-2026": "goteborg_aktivitetsbidrag",
    "goteborg-aktivitetsbidragsgodkand": "goteborg_aktivitetsbidragsgodkand",
    "malmo-aktivitetsstod-2026": "malmo_aktivitetsstod",
    "stockholm-medlemsaktivitetsstod-2026": "stockholm_medlemsaktivitetsstod",
    "umea-aktivitetsstod": "umea_aktivitetsstod",
    "helsingborg-aktivitetsstod": "helsingborg_aktivitetsstod",
    "botkyrka-idrott-scout": "botkyrka_idrott_scout",
    "haninge-lok": "haninge_lok",
    "kumla-aktivitetsbidrag": "kumla_aktivitetsbidrag",
    "gotene-aktivitetsbidrag": "gotene_aktivitetsbidrag",
    "nordanstig": "nordanstig",
    "rf-lok-stod": "rf_lok_stod",
    "goteborg-lokalbidrag-2026": "goteborg_lokalbidrag",
    "malmo-grundstod-2026": "malmo_grundstod",
    "malmo-lokalstod-2026": "malmo_lokalstod",
    "umea-lokalhyra": "umea_lokalhyra",
    "umea-utvecklingsstod": "umea_utvecklingsstod",
    "startbidrag-range": "startbidrag_range",
    "alvesta-ledarutb": "alvesta_ledarutb",
    "hudiksvall-investering": "hudiksvall_investering",
    "goteborg-stadsdel-utveckling-delegation": "goteborg_stadsdel_utveckling",
    "pitea-forlustgaranti": "pitea_forlustgaranti",
    "sorsele-resebidrag": "sorsele_resebidrag",
}


def module(grant):
    return importlib.import_module(f"grants.{GRANTS[grant]}")


def expected():
    everything = {}
    for grant in GRANTS:
        known = module(grant)
        cases = {name: known.reckon(case) for name, case in known.CASES.items()}
        rounds = {name: known.share(round_) for name, round_ in getattr(known, "ROUNDS", {}).items()}
        everything[grant] = {"cases": cases, "rounds": rounds}
    return everything


def text():
    """A line for every case, so that a change can be read."""
    lines = []
    for grant, known in expected().items():
        parts = []
        for part in ("cases", "rounds"):
            entries = [f"   {json.dumps(name)}: {json.dumps(result, ensure_ascii=False)}" for name, result in known[part].items()]
            parts.append(f'  "{part}": {{' + ("\n" + ",\n".join(entries) + "\n  }" if entries else "}"))
        lines.append(f" {json.dumps(grant)}: {{\n" + ",\n".join(parts) + "\n }")
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    EXPECTED.write_text(text(), encoding="utf-8")
