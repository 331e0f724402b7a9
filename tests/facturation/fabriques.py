"""Factories of the money: a régie, its prices, an invoice of the amount one needs."""

import hashlib
import io
from datetime import date, time
from decimal import Decimal

import factory
import pikepdf
from django.core.files.base import ContentFile

from facturation.campagne.lot_de_factures import FactureAEmettre, LotDeFactures
from facturation.models import (
    Avoir,
    CampagneDeFacturation,
    DocumentFacture,
    Facture,
    Ligne,
    PaiementEnLigne,
    Regie,
    Reglement,
    StructureEnRegie,
    Tarif,
    TrancheDeTarif,
)
from famille.models import Famille
from planning.models import Prestation, Structure


class RegieFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Regie
        django_get_or_create = ["code"]

    code = "AL"
    nom = "Régie garderie ALSH"
    numcli = "012345"


def mettre_en_regie(regie: Regie, structure) -> None:
    StructureEnRegie.objects.create(regie=regie, structure=structure)


def tarif(prestation, *tranches: tuple[int | None, str, str], du: date = date(2014, 9, 1), **options) -> Tarif:
    """`tranches`: (highest QF, price in the town, price outside)."""
    tarif = Tarif.objects.create(prestation=prestation, du=du, **options)
    for qf_max, resident, exterieur in tranches:
        TrancheDeTarif.objects.create(
            tarif=tarif, qf_max=qf_max, resident=Decimal(resident), exterieur=Decimal(exterieur)
        )
    return tarif


def facture(
    regie: Regie, famille: Famille, montant: str, du: date, au: date, *, le: date = date(2015, 4, 8)
) -> Facture:
    """An invoice of one free line."""
    somme = Decimal(montant)
    ligne = Ligne(libelle="Accueil de loisirs", quantite=1, prix_unitaire=somme, montant=somme)
    lot = LotDeFactures(regie=regie, du=du, au=au, le=le, par=None)
    return lot.emettre([FactureAEmettre(famille.pk, [ligne])])[0]


def operations(famille: Famille) -> tuple[Facture, Reglement, Avoir]:
    """One of each, that may still be cancelled: an invoice with its PDF, a payment of half of it, an avoir."""
    regie = RegieFactory()
    due = famille.factures.first()
    if due is None:
        due = facture(regie, famille, "120.60", date(2015, 4, 1), date(2015, 4, 30))
        _imprimer(due)
        Reglement.objects.enregistrer(famille, regie, Decimal("60.30"), "cheque", le=due.date, par=None)
        due.etablir_avoir(Decimal("1.00"), motif="Geste", le=due.date, par=None)
    return due, famille.reglements.first(), famille.avoirs.first()


def _imprimer(due: Facture) -> None:
    """A paper in its place, which nobody draws: what is written on it is judged where it is drawn."""
    sortie = io.BytesIO()
    with pikepdf.new() as vierge:
        vierge.add_blank_page()
        vierge.save(sortie)
    papier = sortie.getvalue()
    fichier = ContentFile(papier, name=f"{due.reference}.pdf")
    DocumentFacture.objects.create(facture=due, fichier=fichier, empreinte=hashlib.sha256(papier).hexdigest())


def paiement_en_ligne(famille: Famille) -> PaiementEnLigne:
    """Of the invoice of `operations`, waiting for the Treasury."""
    due, _, _ = operations(famille)
    ouvert = due.paiements_en_ligne.ouverts().first()
    return ouvert or PaiementEnLigne.objects.initier(due, "jean.dupont@wanadoo.fr")


def campagne() -> CampagneDeFacturation:
    """Not issued yet, over a month without a day."""
    du, au = date(2015, 4, 1), date(2015, 4, 30)
    return CampagneDeFacturation.objects.get_or_create(regie=RegieFactory(), du=du, au=au)[0]


def prestation_tarifee() -> Tarif:
    """A prestation with one price."""
    structure = Structure.objects.create(nom="Périscolaire")
    options = {"structure": structure, "heure_debut": time(12), "heure_fin": time(13, 30)}
    return tarif(Prestation.objects.create(nom="Restauration scolaire", **options), (None, "3.60", "7.20"))
