"""What of a town is copied: whole households with their centres, or the past of each household.

The guide's familles are not: theirs are the pages that are measured, the same in every town.
"""

from datetime import date

from django.db import models
from django.db.models import QuerySet

from bench.croissance.copie import Particuliers
from demandes.models import Decision, Demande
from demandes.types import Titulaire
from facturation.models import (
    Affectation,
    CampagneDeFacturation,
    Facture,
    Ligne,
    PartDApercu,
    Reglement,
    ResteDu,
    StructureEnRegie,
    Tarif,
    TrancheDeTarif,
)
from famille.models import (
    Assurance,
    Compte,
    Enfant,
    Famille,
    FicheSanitaire,
    InformationsCaf,
    QuotientFamilial,
    Rattachement,
    Responsable,
    Tiers,
)
from messagerie.models import Fil, Lecture, Message
from planning.models import Inscription, Prestation, Reservation, Structure
from portail.peuplement.foyers import PREMIER_NUMERO

NUMEROTES = {
    modele: {"numero": f"t.numero + k * (SELECT max(numero) FROM {modele._meta.db_table})"}
    for modele in (Facture, Reglement)
}
DES_FOYERS: Particuliers = NUMEROTES | {
    Famille: {"numero": "(t.numero::bigint + k * 10000)::text"},
    Compte: {"identifiant": "t.identifiant || '.' || k"},
    Structure: {"nom": "t.nom || ' ' || k"},
}


def foyers() -> QuerySet:
    """The familles drawn by chance."""
    return Famille.objects.filter(numero__gte=str(PREMIER_NUMERO))


def lignes_des_foyers() -> list[QuerySet]:
    """All that makes a town: centres and prices, households, what they booked, said, asked and paid."""
    familles = foyers()
    tous: tuple[type[models.Model], ...] = (Structure, Prestation, StructureEnRegie, Tarif, TrancheDeTarif)
    return [
        *(modele._default_manager.all() for modele in tous),
        familles,
        Compte.objects.filter(responsable__famille__in=familles),
        Responsable.objects.filter(famille__in=familles),
        Enfant.objects.filter(rattachements__famille__in=familles),
        Rattachement.objects.filter(famille__in=familles),
        InformationsCaf.objects.filter(famille__in=familles),
        QuotientFamilial.objects.filter(famille__in=familles),
        Assurance.objects.filter(enfant__rattachements__famille__in=familles),
        FicheSanitaire.objects.filter(enfant__rattachements__famille__in=familles),
        Tiers.objects.filter(enfant__rattachements__famille__in=familles),
        Inscription.objects.filter(famille__in=familles),
        Reservation.objects.filter(inscription__famille__in=familles),
        *_echanges(familles, _changements()),
        PartDApercu.objects.filter(famille__in=familles),
        *_argent(familles),
    ]


def lignes_du_passe(du: date, au: date) -> list[QuerySet]:
    """What the households did from `du` until the day before `au`, and the campaigns that were issued."""
    familles = foyers()
    return [
        Reservation.objects.filter(inscription__famille__in=familles, jour__gte=du, jour__lt=au),
        *_echanges(familles, _changements().filter(decidee_le__isnull=False)),
        CampagneDeFacturation.objects.filter(du__gte=du, au__lt=au, emise_le__isnull=False),
        *_argent(familles),
    ]


def vieillies(lignes: list[QuerySet], jours: int) -> Particuliers:
    """Their dates, `jours` earlier at each copy."""
    return {lot.model: _dates(lot.model, jours) | NUMEROTES.get(lot.model, {}) for lot in lignes}


def _dates(modele: type[models.Model], jours: int) -> dict[str, str]:
    dates = {}
    for champ in modele._meta.concrete_fields:
        if isinstance(champ, models.DateTimeField):
            dates[str(champ.column)] = f"t.\"{champ.column}\" - k * interval '{jours} days'"
        elif isinstance(champ, models.DateField):
            dates[str(champ.column)] = f't."{champ.column}" - k * {jours}'
    return dates


def _changements() -> QuerySet:
    """The requests that name no row: those of days hold keys of inscriptions, in words that SQL does not shift."""
    return Demande.objects.filter(type=Titulaire.code, famille__in=foyers())


def _echanges(familles: QuerySet, demandes: QuerySet) -> list[QuerySet]:
    return [
        Fil.objects.filter(famille__in=familles),
        Message.objects.filter(fil__famille__in=familles),
        Lecture.objects.filter(fil__famille__in=familles),
        demandes,
        Decision.objects.filter(demande__in=demandes),
    ]


def _argent(familles: QuerySet) -> list[QuerySet]:
    return [
        Facture.objects.filter(famille__in=familles),
        Ligne.objects.filter(facture__famille__in=familles),
        Reglement.objects.filter(famille__in=familles, annule__isnull=True),
        Affectation.objects.filter(facture__famille__in=familles),
        ResteDu.objects.filter(facture__famille__in=familles),
    ]
