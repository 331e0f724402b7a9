"""The tabs and filters above « Liste des demandes »: where each leads, and whether it is on."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from demandes.genre.onglet import MES_ENFANTS, Onglet
from demandes.genre.type_demande import Genre, TypeDemande
from demandes.liste.choix import Choix
from demandes.models import Demande
from demandes.types import GENRES
from famille.models import Enfant


@dataclass(frozen=True)
class Filtre:
    """A tab or a filter."""

    texte: str
    adresse: str
    actif: bool
    en_attente: int = 0
    # How many requests it leads to; None: not counted.
    nombre: int | None = None


def par_onglet(choix: Choix, demandes: Iterable[Demande]) -> list[Filtre]:
    """Both tabs, each with the number of those that wait."""
    attendent = [demande.genre.onglet for demande in demandes if demande.est_en_attente]
    return [
        Filtre(onglet.label, choix.adresse(onglet=onglet), onglet == choix.onglet, attendent.count(onglet))
        for onglet in Onglet
    ]


def par_genre(choix: Choix, comptes: Mapping[str, int]) -> list[Filtre]:
    """Those that are always there, and the kinds of which there is a request; `comptes`: how many, by code."""
    de_l_onglet = GENRES.tous(choix.onglet)
    genres = [g for g in de_l_onglet if _est_permanent(g) or comptes.get(g.code) or g is choix.genre]
    en_tout = sum(comptes.get(g.code, 0) for g in de_l_onglet)
    tout = Filtre("Tout", choix.adresse(type=""), choix.genre is None, nombre=en_tout)
    return [
        tout,
        *(
            Filtre(g.nom_court(), choix.adresse(type=g.code), g is choix.genre, nombre=comptes.get(g.code, 0))
            for g in genres
        ),
    ]


def _est_permanent(genre: Genre) -> bool:
    """The guide's five of « Mon compte »; of « Mes enfants », what parents ask most: bookings and absences."""
    return genre.onglet == Onglet.MON_COMPTE or genre.rang < TypeDemande.rang


def par_enfant(choix: Choix, enfants: Collection[Enfant]) -> list[Filtre]:
    """Where there are several."""
    if choix.onglet != MES_ENFANTS or len(enfants) < 2:
        return []
    tous = Filtre("Tous mes enfants", choix.adresse(enfant=""), choix.enfant is None)
    return [tous, *(Filtre(e.prenom, choix.adresse(enfant=str(e.pk)), e == choix.enfant) for e in enfants)]
