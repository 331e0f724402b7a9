"""The same tables on paper: headcounts of some weeks, and the sheet that hangs in the kitchen."""

from django.utils import timezone

import francais
from planning.effectifs.repas import REGIMES, relire
from planning.effectifs.table import TableDesEffectifs
from planning.models import FeuilleDeCuisine
from socle.impression import Feuille, Papier, imprimer
from socle.reglages.centre import signature


def imprimer_les_effectifs(table: TableDesEffectifs) -> bytes:
    """The PDF."""
    titre = f"Effectifs, {francais.periode(table.du, table.au)}"
    contexte = {"table": table, "titre": titre, "quand": francais.date_et_heure(timezone.localtime())}
    return imprimer(Papier("pdf/effectifs.html", contexte, titre, _auteur()), Feuille.EFFECTIFS)


def imprimer_la_feuille(feuille: FeuilleDeCuisine) -> bytes:
    """The PDF of a sheet as it was when it was first printed."""
    repas = relire(feuille)
    titre = f"Repas du {francais.date_longue(feuille.jour)}"
    contexte = {
        "feuille": feuille,
        "precedente": repas.feuille,
        "repas": repas,
        "regimes": [regime.label for regime in REGIMES],
        "titre": titre,
    }
    return imprimer(Papier("pdf/cuisine.html", contexte, titre, _auteur()), Feuille.EFFECTIFS)


def _auteur() -> str:
    return signature()
