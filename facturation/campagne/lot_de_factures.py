"""Issuing invoices: numbers, invoices, lines and credits of a lot of familles, in one transaction and few queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from facturation.models import CampagneDeFacturation, Compteur, Facture, Ligne, Regie, Reglement
from facturation.montants import NUL
from facturation.papiers.annonce import annoncer
from facturation.papiers.taches import mettre_en_file
from famille.adresse_postale import lignes_postales
from famille.models import Compte, Famille, Responsable
from socle.verrous import verrouiller_toutes


@dataclass
class FactureAEmettre:
    """What a famille is about to owe: its lines are not saved yet."""

    famille: int
    lignes: list[Ligne] = field(default_factory=list)
    resident: bool = True

    @property
    def montant(self) -> Decimal:
        """In €."""
        return sum((ligne.montant for ligne in self.lignes), NUL)


@dataclass(frozen=True, kw_only=True)
class LotDeFactures:
    """Invoices of one régie that leave together: same period (both days included), same date (`le`), same author."""

    regie: Regie
    du: date
    au: date
    le: date
    par: Compte | None
    campagne: CampagneDeFacturation | None = None

    @transaction.atomic
    def emettre(self, a_emettre: Iterable[FactureAEmettre]) -> list[Facture]:
        """Issue them, all or none; credits of the familles pay what they can. The queue makes the PDFs."""
        lot = sorted(a_emettre, key=lambda prevue: prevue.famille)
        familles = [prevue.famille for prevue in lot]
        # Before any counter, as payments do.
        verrouiller_toutes(Famille.objects, familles)
        credits = self._credits(familles)
        factures = self._numeroter(lot, credits)
        Facture.objects.bulk_create(factures)
        Ligne.objects.bulk_create(_rattacher(lot, factures))
        self._imputer_les_credits(credits)
        mettre_en_file([facture.pk for facture in factures])
        annoncer(factures)
        return factures

    def _numeroter(self, lot: list[FactureAEmettre], credits: dict[int, Decimal]) -> list[Facture]:
        """The invoices, numbered in a row, not saved yet."""
        if not lot:
            return []
        premier = Compteur.objects.prendre(self.regie, Compteur.Genre.FACTURE, len(lot))
        payeurs = _payeurs([prevue.famille for prevue in lot])
        echeance = self.le + timedelta(days=self.regie.delai_paiement_jours)
        return [
            Facture(
                regie=self.regie,
                numero=numero,
                famille_id=prevue.famille,
                date=self.le,
                echeance=echeance,
                montant=prevue.montant,
                du=self.du,
                au=self.au,
                campagne=self.campagne,
                payeur=payeurs.get(prevue.famille, ""),
                avance=min(credits.get(prevue.famille, NUL), prevue.montant),
                resident=prevue.resident,
                par=self.par,
            )
            for numero, prevue in enumerate(lot, start=premier)
        ]

    def _credits(self, familles: list[int]) -> dict[int, Decimal]:
        """{famille: € that no invoice has taken}, once those that are due have taken theirs."""
        en_credit = Reglement.objects.filter(famille__in=familles, regie=self.regie).en_credit()
        self._imputer_les_credits({reglement.famille_id for reglement in en_credit})
        restes: dict[int, Decimal] = {}
        for reglement in en_credit.all():
            restes[reglement.famille_id] = restes.get(reglement.famille_id, NUL) + reglement.credit
        return restes

    def _imputer_les_credits(self, familles: Iterable[int]) -> None:
        for famille in sorted(familles):
            Reglement.objects.imputer_les_credits(famille, self.regie)


def _rattacher(lot: list[FactureAEmettre], factures: list[Facture]) -> list[Ligne]:
    """The lines of all those invoices, each on its own."""
    for prevue, facture in zip(lot, factures, strict=True):
        for ligne in prevue.lignes:
            ligne.facture = facture
    return [ligne for prevue in lot for ligne in prevue.lignes]


def _payeurs(familles: list[int]) -> dict[int, str]:
    """{famille: what to write on the envelope} of the titulaires."""
    titulaires = Responsable.objects.filter(famille__in=familles, role=Responsable.Role.TITULAIRE)
    return {titulaire.famille_id: "\n".join(lignes_postales(titulaire)) for titulaire in titulaires}
