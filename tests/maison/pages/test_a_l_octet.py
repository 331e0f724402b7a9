"""A page of a parent changes when it is meant to: nothing else may touch a byte of it.

A change that is meant is accepted by `ACCEPTER=1 bin/test tests/maison/pages`, and read in the commit.
"""

import difflib
import os
from pathlib import Path

from django.utils.text import slugify

from tests.maison.pages.ville import PAGES, normaliser

ATTENDUES = Path(__file__).parent / "attendues"
COMMENT = "Voulu ? ACCEPTER=1 bin/test tests/maison/pages"


def test_chaque_page_est_celle_que_l_on_a_acceptee(ville, parent):
    differences = []
    for nom, adresse in PAGES.items():
        lues = [*normaliser(parent.get(adresse(ville)).text)]
        fichier = ATTENDUES / f"{slugify(nom)}.html"
        if os.environ.get("ACCEPTER"):
            fichier.parent.mkdir(exist_ok=True)
            fichier.write_text("\n".join(lues) + "\n")
        attendues = fichier.read_text().splitlines()
        differences += difflib.unified_diff(attendues, lues, f"{nom}, acceptée", f"{nom}, lue", lineterm="", n=1)
    assert not differences, "\n".join([*differences[:60], COMMENT])
