"""docs/mutants.md: what was tried, when, and why each one that nobody notices is equal to the line that it changes."""

import re
import tomllib
from functools import cache
from pathlib import Path

from mutants.lots import LOTS, Lot
from mutants.registre import RACINE, Registre

PAGE = RACINE / "docs" / "mutants.md"
PAREILS = Path(__file__).with_name("pareils.toml")
ENTETE = """# Mutants: one line changed at a time

Made by `bin/mutants --page`; do not edit. Each mutant is a line of the code with one thing changed (a bound, a lock, a
check, a sign); it is *noticed* when a test of the same noun fails. What is *equal* does the same as the line that it
changes: why, below. What is *left* is a test to write; *not tried* are new lines, and what nobody noticed before the
tests of its noun changed. How it works: [decision 93](decisions/0093-un-changement-a-la-fois.md).

| Module | Mutants | Noticed | Equal | Left | Not tried | Last tried |
|---|--:|--:|--:|--:|--:|---|
"""


@cache
def raisons() -> dict[str, str]:
    """Why a mutant is equal to what it changes, by its key: `pareils.toml`, « file » → « function::change » → why."""
    lues = tomllib.loads(PAREILS.read_text()) if PAREILS.exists() else {}
    return {f"{fichier}::{cle}": pourquoi for fichier, siens in lues.items() for cle, pourquoi in siens.items()}


def ecrire_la_page() -> None:
    """A noun that was never tried on this machine stays as the page says."""
    lignes, details, totaux, avant = [], [], [0, 0, 0, 0, 0], PAGE.read_text() if PAGE.exists() else ""
    for lot in LOTS.values():
        ici = Registre(lot.nom, lot.modules, lot.avec).chemin.exists()
        for fichier in lot.modules:
            comptes, quand, dits = _compter(lot, fichier)
            if not ici and (dit := _deja_dit(avant, fichier, comptes[0])):
                comptes, quand, dits = dit
            totaux = [total + compte for total, compte in zip(totaux, comptes, strict=True)]
            lignes.append(_ligne(f"`{fichier}`", comptes, quand))
            details += [f"\n### `{fichier}`\n", *dits] if dits else []
    essayes = totaux[0] - totaux[4]
    part = 100 * (totaux[1] + totaux[2]) / essayes if essayes else 0
    pied = f"\n{part:.1f} % of what was tried is noticed or equal.\n"
    texte = ENTETE + "\n".join([*lignes, _ligne("**all**", totaux, "")]) + "\n" + pied
    PAGE.write_text(texte + ("\n## Not noticed\n" + "\n".join(details) + "\n" if details else ""))


def _deja_dit(page: str, fichier: str, mutants: int) -> tuple[list[int], str, list[str]] | None:
    """What the page says of that file, if there is still as much to change in it."""
    rangee = re.search(rf"^\| `{re.escape(fichier)}` ((?:\| \d+ ){{5}})\| (.*) \|$", page, re.MULTILINE)
    comptes = [int(compte) for compte in rangee[1].split("|") if compte.strip()] if rangee else []
    if rangee is None or comptes[0] != mutants:
        return None
    details = page.partition(f"\n### `{fichier}`\n")[2].partition("\n### ")[0]
    return comptes, rangee[2], [ligne for ligne in details.splitlines() if ligne]


def _ligne(nom: str, comptes: list[int], quand: str) -> str:
    return f"| {nom} | {' | '.join(map(str, comptes))} | {quand} |"


def _compter(lot: Lot, fichier: str) -> tuple[list[int], str, list[str]]:
    """Mutants, noticed, equal, left, not tried; the last day; what is said of those that nobody notices."""
    registre, pareils = Registre(lot.nom, lot.modules, lot.avec), raisons()
    comptes, jours, dits = [0, 0, 0, 0, 0], [""], []
    for mutant in lot.mutants({fichier}):
        resultat, pourquoi = registre.de(mutant), pareils.get(mutant.cle)
        rang = 2 if pourquoi else 4 if resultat is None else 1 if resultat.vu else 3
        comptes[0] += 1
        comptes[rang] += 1
        jours.append(resultat.le if resultat else "")
        if rang in {2, 3}:
            dits.append(f"- `{mutant.fonction or 'module'}`: {mutant.changement} — {pourquoi or '**left**'}")
    return comptes, max(jours), dits
