"""Many sheets made one, by Lightning CSS: imports resolved in their layers, nesting unfolded, all of it shortened."""

import os
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import lightningcss
from django.contrib.staticfiles.finders import BaseFinder

from portail.statiques.inemployees import classes_inemployees

BOOTSTRAP = "bootstrap/css/bootstrap.min.css"
# Our sheets are written in layers, which the browsers of 2022 know; what is newer is written anew for them.
NAVIGATEURS = ["supports css-cascade-layers"]
SYNTAXE = lightningcss.calc_parser_flags(nesting=True)


def assembler(feuilles: Iterable[str], sources: Iterable[BaseFinder]) -> dict[str, str]:
    """The text of each sheet, by name, with what it imports from any of the sources."""
    with TemporaryDirectory() as dossier:
        etaler(sources, Path(dossier))
        inemployees = classes_inemployees(Path(dossier, BOOTSTRAP).read_text())
        return {
            feuille: lightningcss.bundle_css(
                str(Path(dossier, feuille)),
                parser_flags=SYNTAXE,
                browsers_list=NAVIGATEURS,
                unused_symbols=inemployees,
            )
            for feuille in feuilles
        }


def etaler(sources: Iterable[BaseFinder], dossier: Path) -> None:
    """Lay all the sheets beside each other, as they will be served: they import each other by their addresses."""
    for source in sources:
        for nom, reserve in source.list([]):
            lien = dossier / nom
            if lien.suffix == ".css" and not lien.exists():
                lien.parent.mkdir(parents=True, exist_ok=True)
                lien.symlink_to(reserve.path(nom))


def ecrire(chemin: str, texte: str) -> None:
    """Only what is new: whoever collects goes by dates. And in one go: tests run side by side."""
    feuille = Path(chemin)
    if feuille.exists() and feuille.read_text() == texte:
        return
    feuille.parent.mkdir(parents=True, exist_ok=True)
    nouvelle = feuille.with_suffix(f".{os.getpid()}")
    nouvelle.write_text(texte)
    nouvelle.replace(feuille)
