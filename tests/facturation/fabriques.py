"""Factories of the money: a régie, its prices, an invoice of the amount one needs."""

from datetime import date
from decimal import Decimal

import factory

from facturation.emission import FactureAEmettre, emettre
from facturation.models import Facture, Ligne, Regie, StructureEnRegie, Tarif, TrancheDeTarif
from famille.models import Famille


class RegieFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Regie
        django_get_or_create = ["code"]

    code = "AL"
    nom = "Régie garderie ALSH"


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
    return emettre(regie, [FactureAEmettre(famille.pk, [ligne])], du=du, au=au, le=le, par=None)[0]
