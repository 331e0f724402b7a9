"""The price of a day, on the planning: what the famille will be billed, and why, before it asks."""

from itertools import groupby

from django.db.models import F

import francais
from facturation.models.tarif import TrancheDeTarif, grille_de
from facturation.prix.grille import GrilleTarifaire, Nature, PrixIntrouvable, Unite
from facturation.prix.residence import habite_la_commune
from planning.mois.complements import Complement, Fait
from planning.mois.detail import JourEnfant

PAR_UNITE = {
    Unite.JOURNEE: "la journée",
    Unite.DEMI_JOURNEE: "la demi-journée",
    Unite.REPAS: "le repas",
    Unite.HEURE: "l’heure",
}


class PrixDuJour(Complement):
    """« 12,50 € la journée (Tranche 2, QF 612, tarif du 01/09/2025) »."""

    def faits(self, jour: JourEnfant) -> dict[int, list[Fait]]:
        """One query, whatever the number of prestations. Nothing of a prestation without a price."""
        inscriptions = {inscription.prestation_id: inscription for inscription in jour.inscriptions}
        prix = {}
        for grille in _grilles(jour, list(inscriptions)):
            inscription = inscriptions[grille.prestation]
            try:
                prix[grille.prestation] = [("Prix", _dire(grille, inscription.qf, inscription.ville))]
            except PrixIntrouvable:
                continue
        return prix


def _grilles(jour: JourEnfant, prestations: list[int]) -> list[GrilleTarifaire]:
    en_vigueur = TrancheDeTarif.objects.filter(tarif__prestation__in=prestations).en_vigueur(jour.jour)
    lignes = en_vigueur.select_related("tarif").order_by("tarif_id", F("qf_max").asc(nulls_last=True))
    return [grille_de(tarif, list(tranches)) for tarif, tranches in groupby(lignes, lambda ligne: ligne.tarif)]


def _dire(grille: GrilleTarifaire, qf: int | None, ville: str) -> str:
    prix = grille.prix(Nature.RESERVATION, qf, resident=habite_la_commune(ville))
    return f"{francais.euros(prix.unitaire)} {PAR_UNITE[grille.unite]} ({prix.explication})"
