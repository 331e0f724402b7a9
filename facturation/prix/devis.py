"""What days will cost a famille: the invoice's own reckoning, on days that no campaign has reached yet.

Whoever decides reads its amounts: the planning's pages, the form of a request, its acknowledgement, its mails.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Self

from django.db.models import F

import francais
from facturation.models.tarif import TrancheDeTarif, grille_de
from facturation.montants import NUL
from facturation.prix.article import Article
from facturation.prix.bareme import Bareme, SansTarif
from facturation.prix.grille import GrilleTarifaire, PrixIntrouvable, Unite
from facturation.prix.jours_factures import nature_facturee
from facturation.prix.residence import habite_la_commune
from famille.models import Famille
from planning.journees.journee import Journee
from planning.models import Prestation
from planning.regles.etats import Etat, Presence

PAR_UNITE = {
    Unite.JOURNEE: "la journée",
    Unite.DEMI_JOURNEE: "la demi-journée",
    Unite.REPAS: "le repas",
    Unite.HEURE: "l’heure",
}


@dataclass(frozen=True)
class PrixDUneJournee:
    """What a day will cost. `article` None: nothing is billed; `est_facturee` tells « free » from « not billed ».

    `selon_les_heures`: due by the hour, and nobody has called the roll yet: reckoned on the whole opening.
    """

    article: Article | None = None
    est_facturee: bool = False
    selon_les_heures: bool = False

    @property
    def montant(self) -> Decimal:
        return self.article.montant if self.article else NUL

    @property
    def dit(self) -> str:
        """« 7,30 € », « 6,00 € pour 2 h », « gratuit », « non facturé »."""
        if self.article is None:
            return "gratuit" if self.est_facturee else "non facturé"
        pour = f" pour {self.article.quantite_dite}" if self.selon_les_heures else ""
        return f"{francais.euros(self.montant)}{pour}"

    @property
    def absence_dite(self) -> str:
        """Of an absence that is too late: « facturée, 3,60 € », « gratuite »."""
        return f"facturée, {self.dit}" if self.article else "gratuite"

    @property
    def explique(self) -> str:
        """« 7,30 € la journée (Tranche 2, QF 612, tarif du 01/09/2014) »."""
        if self.article is None:
            return self.dit
        return f"{francais.euros(self.article.prix)} {PAR_UNITE[self.article.unite]} ({self.article.explication})"


RIEN = PrixDUneJournee()


class Devis:
    """The prices in force on some days, for a famille: its town, its QF (newest first, as in their table), grids."""

    def __init__(self, bareme: Bareme, ville: str, quotients: Sequence[tuple[date, int]]) -> None:
        self._bareme, self._quotients = bareme, quotients
        self._resident = habite_la_commune(ville)

    @classmethod
    def de(cls, famille: Famille, prestations: Iterable[Prestation], du: date, au: date) -> Self:
        """Three queries, however many days and prestations there are."""
        titulaire = famille.titulaire
        ville = titulaire.ville if titulaire else ""
        quotients = famille.quotients.filter(date_effet__lte=au)
        return cls(bareme_de(prestations, du, au), ville, list(quotients.values_list("date_effet", "valeur")))

    @classmethod
    def sur(cls, bareme: Bareme, famille: Famille) -> Self:
        """On grids that are read already. Free when the famille's responsables and quotients are prefetched."""
        titulaire = famille.titulaire
        quotients = [(un.date_effet, un.valeur) for un in famille.quotients.all()]
        return cls(bareme, titulaire.ville if titulaire else "", quotients)

    def prix(self, journee: Journee) -> PrixDUneJournee | None:
        """What that day will cost as it is; None: no price is known yet. The day is open."""
        if nature_facturee(journee.etat, journee.presence, ouvert=True) is None:
            return RIEN
        try:
            article = self._bareme.article(journee, self._qf(journee.jour), resident=self._resident)
        except (SansTarif, PrixIntrouvable):
            return None
        a_l_heure = article is not None and article.unite == Unite.HEURE
        return PrixDUneJournee(article, est_facturee=True, selon_les_heures=a_l_heure and journee.depart is None)

    def prix_si(self, journee: Journee, *, etat: Etat, presence: Presence | None = None) -> PrixDUneJournee | None:
        """The same, were its state another; its presence stays, unless another is given."""
        return self.prix(replace(journee, etat=etat, presence=journee.presence if presence is None else presence))

    def _qf(self, jour: date) -> int | None:
        return next((valeur for effet, valeur in self._quotients if effet <= jour), None)


def bareme_de(prestations: Iterable[Prestation], du: date, au: date) -> Bareme:
    """The grids of those prestations in force from `du` to `au`. One query."""
    horaires = {prestation.pk: (prestation.heure_debut, prestation.heure_fin) for prestation in prestations}
    return Bareme(_grilles(list(horaires), du, au), horaires)


def _grilles(prestations: list[int], du: date, au: date) -> list[GrilleTarifaire]:
    en_vigueur = TrancheDeTarif.objects.filter(tarif__prestation__in=prestations).entre(du, au)
    lignes = en_vigueur.select_related("tarif").order_by("tarif_id", F("qf_max").asc(nulls_last=True))
    return [grille_de(tarif, list(tranches)) for tarif, tranches in groupby(lignes, lambda ligne: ligne.tarif)]


def total(prix: Iterable[PrixDUneJournee | None]) -> str:
    """« 36,50 € », « 36,50 €, selon les heures de présence »; empty if one of them is not known, or there is none."""
    connus = list(prix)
    if not connus or None in connus:
        return ""
    somme = sum((un.montant for un in connus if un), NUL)
    a_l_heure = any(un.selon_les_heures for un in connus if un)
    return f"{francais.euros(somme)}{', selon les heures de présence' if a_l_heure else ''}"
