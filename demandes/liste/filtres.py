"""The tabs and filters above « Liste des demandes »: where each leads, and whether it is on."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from demandes.genre.onglet import MES_ENFANTS, Onglet
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


def par_onglet(choix: Choix, demandes: Iterable[Demande]) -> list[Filtre]:
    """Both tabs, each with the number of those that wait."""
    attendent = [demande.genre.onglet for demande in demandes if demande.est_en_attente]
    return [
        Filtre(onglet.label, choix.adresse(onglet=onglet), onglet == choix.onglet, attendent.count(onglet))
        for onglet in Onglet
    ]


def par_genre(choix: Choix, connus: Collection[str]) -> list[Filtre]:
    """The kinds of which there is a request, `connus` by code, and the one that is chosen."""
    genres = [g for g in GENRES.tous(choix.onglet) if g.code in connus or g is choix.genre]
    if not genres:
        return []
    tout = Filtre("Tout", choix.adresse(type=""), choix.genre is None)
    return [tout, *(Filtre(g.nom_court(), choix.adresse(type=g.code), g is choix.genre) for g in genres)]


def par_enfant(choix: Choix, enfants: Collection[Enfant]) -> list[Filtre]:
    """Where there are several."""
    if choix.onglet != MES_ENFANTS or len(enfants) < 2:
        return []
    tous = Filtre("Tous mes enfants", choix.adresse(enfant=""), choix.enfant is None)
    return [tous, *(Filtre(e.prenom, choix.adresse(enfant=str(e.pk)), e == choix.enfant) for e in enfants)]
