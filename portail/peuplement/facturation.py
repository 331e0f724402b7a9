"""The money of the demo town: its régie, its prices, and the DUPONTs' account of 2014-2015 as the guide shows it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import transaction

from facturation.emission import FactureAEmettre, emettre
from facturation.models import Compteur, Ligne, Regie, Reglement
from facturation.tarifs import Nature, Unite
from famille.models import Famille
from portail.peuplement.guide import NUMERO_DUPONT

# What the former software had already numbered.
DU_GUIDE = date(2015, 4, 8)
AL_12 = [
    ("ALSH Mercredi journée", Unite.JOURNEE, 8, "16.80"),
    ("Restauration scolaire", Unite.REPAS, 27, "3.60"),
    ("Garderie matin", Unite.DEMI_JOURNEE, 8, "1.45"),
]
AL_36 = [
    ("ALSH Vacances journée", Unite.JOURNEE, 4, "16.80"),
    ("Restauration scolaire", Unite.REPAS, 10, "3.60"),
    ("Garderie matin", Unite.DEMI_JOURNEE, 12, "1.45"),
]


def peupler_regie() -> Regie:
    """« Régie garderie ALSH », code AL."""
    regie, _ = Regie.objects.get_or_create(
        code="AL", defaults={"nom": "Régie garderie ALSH", "siret": "21310069500014", "ordre_cheque": "Régie ALSH"}
    )
    return regie


@transaction.atomic
def peupler_compte_du_guide(regie: Regie) -> None:
    """AL-12, AL-228, AL-36: dated 8 April 2015, in that order, if they are not there yet."""
    famille = Famille.objects.get(numero=NUMERO_DUPONT)
    if famille.factures.filter(regie=regie, date=DU_GUIDE).exists():
        return
    _facturer(regie, famille, 12, AL_12, date(2015, 2, 1), date(2015, 3, 31))
    _reprendre(regie, Compteur.Genre.REGLEMENT, 228)
    Reglement.objects.enregistrer(famille, regie, Decimal("243.20"), Reglement.Mode.CHEQUE, le=DU_GUIDE, par=None)
    _facturer(regie, famille, 36, AL_36, date(2015, 4, 1), date(2015, 4, 30))


def _facturer(
    regie: Regie, famille: Famille, numero: int, detail: Iterable[tuple[str, str, int, str]], du: date, au: date
) -> None:
    _reprendre(regie, Compteur.Genre.FACTURE, numero)
    lea = famille.enfants.get(prenom="Léa")
    lignes = [
        Ligne(
            enfant=lea,
            enfant_nom=lea.nom_complet,
            nature=Nature.RESERVATION,
            libelle=libelle,
            explication="Tranche 2, QF 612, tarif du 01/09/2014",
            quantite=quantite,
            unite=unite,
            prix_unitaire=Decimal(prix),
            montant=quantite * Decimal(prix),
        )
        for libelle, unite, quantite, prix in detail
    ]
    emettre(regie, [FactureAEmettre(famille.pk, lignes)], du=du, au=au, le=DU_GUIDE, par=None)


def _reprendre(regie: Regie, genre: str, prochain: int) -> None:
    """The next number of the régie, as when a town comes from another software."""
    Compteur.objects.update_or_create(regie=regie, genre=genre, defaults={"dernier": prochain - 1})
