"""From what a famille owes to the lines of its invoice, in the words of the day of issue."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Self

from facturation.campagne.creance import Creance
from facturation.campagne.lignes import Groupe, regrouper
from facturation.campagne.lot_de_factures import FactureAEmettre
from facturation.models import Ligne
from facturation.montants import NUL, au_centime
from facturation.prix.article import Article
from facturation.prix.grille import Nature, Unite, en_unites
from famille.models import Enfant
from planning.models import Prestation

PRECISIONS = {Nature.ABSENCE: "absence facturée", Nature.SANS_RESERVATION: "présence sans réservation"}


class Redaction:
    """Names children and prestations, puts lines in order, and says which ones an invoice cannot bear."""

    def __init__(self, prestations: dict[int, Prestation], enfants: dict[int, Enfant]) -> None:
        self._prestations, self._enfants = prestations, enfants

    @classmethod
    def du_lot(cls, lot: Iterable[Creance], prestations: dict[int, Prestation]) -> Self:
        """For those familles. One query."""
        return cls(prestations, Enfant.objects.in_bulk({enfant for creance in lot for enfant in creance.enfants}))

    def facture(self, creance: Creance) -> FactureAEmettre | None:
        """The invoice to issue, or None if there is nothing to bill."""
        if creance.deja_facturee:
            return None
        regularises = self._regularises(creance)
        if self._rend_de_l_argent(creance):
            regularises = [groupe for groupe in regularises if groupe.quantite > 0]
        lignes = [self._ligne(groupe) for groupe in self._ordonner(regrouper(creance.articles) + regularises)]
        return FactureAEmettre(creance.famille, lignes, creance.resident) if lignes else None

    def a_rendre(self, creance: Creance) -> dict[int, list[Ligne]]:
        """{invoice: lines to take back}, when the invoice of the month cannot bear them."""
        if creance.deja_facturee or not self._rend_de_l_argent(creance):
            return {}
        par_facture: dict[int, list[Article]] = {}
        for article in creance.regularisations:
            if article.quantite < 0 and article.facture is not None:
                par_facture.setdefault(article.facture, []).append(article)
        return {
            facture: [self._ligne(groupe) for groupe in regrouper(articles, est_regularisation=True)]
            for facture, articles in par_facture.items()
        }

    def _regularises(self, creance: Creance) -> list[Groupe]:
        return regrouper(creance.regularisations, est_regularisation=True)

    def _rend_de_l_argent(self, creance: Creance) -> bool:
        groupes = regrouper(creance.articles) + self._regularises(creance)
        return sum((groupe.montant for groupe in groupes), NUL) < 0

    def _ordonner(self, groupes: Iterable[Groupe]) -> list[Groupe]:
        """By child, then in the order of the planning; corrections last."""
        return sorted(
            groupes,
            key=lambda g: (
                self._enfants[g.premier.enfant].nom_complet,
                g.premier.enfant,
                g.est_regularisation,
                self._prestations[g.premier.prestation].ordre,
                g.premier.prestation,
                g.premier.jour,
            ),
        )

    def _ligne(self, groupe: Groupe) -> Ligne:
        premier = groupe.premier
        return Ligne(
            enfant_id=premier.enfant,
            prestation_id=premier.prestation,
            nature=premier.nature,
            est_regularisation=groupe.est_regularisation,
            enfant_nom=self._enfants[premier.enfant].nom_complet,
            libelle=self._libelle(groupe),
            explication=premier.explication,
            jours=[article.jour for article in groupe.articles],
            quantites=[_au_centieme(article.quantite, premier.unite) for article in groupe.articles],
            minutes=[int(article.quantite) for article in groupe.articles] if premier.est_en_minutes else None,
            quantite=_au_centieme(groupe.quantite, premier.unite),
            unite=premier.unite,
            prix_unitaire=premier.prix,
            montant=groupe.montant,
        )

    def _libelle(self, groupe: Groupe) -> str:
        """« Régularisation : Garderie matin (absence facturée) »."""
        nom = self._prestations[groupe.premier.prestation].nom
        precision = PRECISIONS.get(groupe.premier.nature)
        libelle = f"{nom} ({precision})" if precision else nom
        return f"Régularisation\u00a0: {libelle}" if groupe.est_regularisation else libelle


def _au_centieme(quantite: Decimal, unite: Unite) -> Decimal:
    return au_centime(en_unites(quantite, unite))
