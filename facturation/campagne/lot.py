"""Issuing: numbers, invoices, lines and credits of a lot of familles, in one transaction and few queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from facturation.models import CampagneDeFacturation, Compteur, Facture, Ligne, Regie, Reglement
from facturation.models.facture import NUL
from facturation.papiers.taches import mettre_en_file
from famille.courrier.adresse import lignes_postales
from famille.models import Compte, Famille, Responsable


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


@transaction.atomic
def emettre(
    regie: Regie,
    lot: Iterable[FactureAEmettre],
    *,
    du: date,
    au: date,
    le: date,
    par: Compte | None,
    campagne: CampagneDeFacturation | None = None,
) -> list[Facture]:
    """Issue the invoices of a lot, all or none; credits of the familles pay what they can. The queue makes the PDFs."""
    lot = sorted(lot, key=lambda a_emettre: a_emettre.famille)
    familles = [a_emettre.famille for a_emettre in lot]
    verrouiller(familles)
    credits = _credits(regie, familles)
    factures = _numeroter(regie, lot, credits, du=du, au=au, le=le, par=par, campagne=campagne)
    Facture.objects.bulk_create(factures)
    lignes = []
    for a_emettre, facture in zip(lot, factures, strict=True):
        for ligne in a_emettre.lignes:
            ligne.facture = facture
        lignes += a_emettre.lignes
    Ligne.objects.bulk_create(lignes)
    _imputer_les_credits(regie, credits)
    mettre_en_file([facture.pk for facture in factures])
    return factures


def verrouiller(familles: Iterable[int]) -> None:
    """Nobody else moves their money in this transaction. Taken before any counter, as payments do: no deadlock."""
    lignes = Famille.objects.filter(pk__in=list(familles)).order_by("pk")
    list(lignes.select_for_update(no_key=True).values_list("pk"))


def _numeroter(
    regie: Regie,
    lot: list[FactureAEmettre],
    credits: dict[int, Decimal],
    *,
    du: date,
    au: date,
    le: date,
    par: Compte | None,
    campagne: CampagneDeFacturation | None,
) -> list[Facture]:
    if not lot:
        return []
    premier = Compteur.objects.prendre(regie, Compteur.Genre.FACTURE, len(lot))
    payeurs = _payeurs([a_emettre.famille for a_emettre in lot])
    echeance = le + timedelta(days=regie.delai_paiement_jours)
    return [
        Facture(
            regie=regie,
            numero=numero,
            famille_id=a_emettre.famille,
            date=le,
            echeance=echeance,
            montant=a_emettre.montant,
            du=du,
            au=au,
            campagne=campagne,
            payeur=payeurs.get(a_emettre.famille, ""),
            avance=min(credits.get(a_emettre.famille, NUL), a_emettre.montant),
            resident=a_emettre.resident,
            par=par,
        )
        for numero, a_emettre in enumerate(lot, start=premier)
    ]


def _payeurs(familles: list[int]) -> dict[int, str]:
    """{famille: what to write on the envelope} of the titulaires."""
    titulaires = Responsable.objects.filter(famille__in=familles, role=Responsable.Role.TITULAIRE)
    return {titulaire.famille_id: "\n".join(lignes_postales(titulaire)) for titulaire in titulaires}


def _credits(regie: Regie, familles: list[int]) -> dict[int, Decimal]:
    """{famille: € that no invoice has taken}, once those that are due have taken theirs."""
    en_credit = Reglement.objects.filter(famille__in=familles, regie=regie).en_credit()
    _imputer_les_credits(regie, {reglement.famille_id for reglement in en_credit})
    restes: dict[int, Decimal] = {}
    for reglement in en_credit.all():
        restes[reglement.famille_id] = restes.get(reglement.famille_id, NUL) + reglement.credit
    return restes


def _imputer_les_credits(regie: Regie, familles: Iterable[int]) -> None:
    for famille in sorted(familles):
        Reglement.objects.imputer_les_credits(famille, regie)
