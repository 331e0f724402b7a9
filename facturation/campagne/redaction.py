"""From what a famille owes to the lines of its invoice, in the words of the day of issue."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Self

from facturation.campagne.creance import Creance
from facturation.campagne.lignes import Groupe, regrouper
from facturation.campagne.lot_de_factures import FactureAEmettre
from facturation.models import Ligne
from facturation.montants import au_centime
from facturation.prix.grille import Nature, Unite, en_unites
from famille.models import Enfant
from planning.models import Prestation

PRECISIONS = {Nature.ABSENCE: "absence facturée", Nature.SANS_RESERVATION: "présence sans réservation"}


class Redaction:
    """Names children and prestations, and puts lines in order: those of an invoice, or of the avoirs in its place."""

    def __init__(self, prestations: dict[int, Prestation], enfants: dict[int, Enfant]) -> None:
        self._prestations, self._enfants = prestations, enfants

    @classmethod
    def du_lot(cls, lot: Iterable[Creance], prestations: dict[int, Prestation]) -> Self:
        """For those familles. One query."""
        return cls(prestations, Enfant.objects.in_bulk({enfant for creance in lot for enfant in creance.enfants}))

    def facture(self, creance: Creance) -> FactureAEmettre | None:
        """The invoice to issue, or None if there is nothing to bill, or more to give back than to bill."""
        if creance.deja_facturee or (creance.rendu and creance.rendu.parts):
            return None
        lignes = self._lignes(creance)
        return FactureAEmettre(creance.famille, lignes, creance.resident) if lignes else None

    def avoirs(self, creance: Creance) -> dict[int, list[Ligne]]:
        """{invoice: lines of its avoir}, when the month takes back more than it bills. The first has all the days."""
        rendu = creance.rendu
        if creance.deja_facturee or rendu is None or not rendu.parts:
            return {}
        premiere, *suivantes = rendu.parts
        lignes = self._lignes(creance)
        if rendu.arrondi:
            lignes.append(_ligne_libre("Arrondi", rendu.arrondi))
        for part in suivantes:
            lignes.append(_ligne_libre(f"Rendu sur la facture {part.reference}", part.montant))
        suites = {
            part.facture: [_ligne_libre(f"Suite de l’avoir sur la facture {premiere.reference}", -part.montant)]
            for part in suivantes
        }
        return {premiere.facture: lignes, **suites}

    def _lignes(self, creance: Creance) -> list[Ligne]:
        regularisations = creance.rendu.regularisations if creance.rendu else creance.regularisations
        groupes = regrouper(creance.articles) + regrouper(regularisations, est_regularisation=True)
        return [self._ligne(groupe) for groupe in self._ordonner(groupes)]

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


def _ligne_libre(libelle: str, montant: Decimal) -> Ligne:
    """Of no child and no day: it says where an amount is."""
    return Ligne(libelle=libelle, quantite=1, prix_unitaire=montant, montant=montant, est_regularisation=True)
