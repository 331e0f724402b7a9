"""The groups of « Liste des demandes »: those that wait, then those that were refused, accepted, withdrawn."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from demandes.genre.colonnes import Colonne
from demandes.liste import colonnes
from demandes.models import Decision, Demande


@dataclass(frozen=True)
class Cellule:
    """A value under its heading."""

    libelle: str
    valeur: str


@dataclass(frozen=True)
class LigneDeListe:
    """A request, as a row on a wide screen and a card on a phone."""

    demande: Demande
    cellules: list[Cellule]


@dataclass(frozen=True)
class GroupeDeListe:
    """« Demandes refusées »…"""

    code: str
    titre: str
    colonnes: list[Colonne[Demande]]
    lignes: list[LigneDeListe]


@dataclass(frozen=True)
class SorteDeGroupe:
    """Which requests a group holds, and the columns that it adds to those of the content."""

    code: str
    titre: str
    contient: Callable[[Demande], bool]
    fin: tuple[Colonne[Demande], ...]

    def de(self, demandes: Iterable[Demande], debut: Sequence[Colonne[Demande]]) -> GroupeDeListe:
        rangees = [*debut, *self.fin]
        lignes = [
            LigneDeListe(demande, [Cellule(colonne.libelle, colonne.lire(demande)) for colonne in rangees])
            for demande in demandes
            if self.contient(demande)
        ]
        return GroupeDeListe(self.code, self.titre, rangees, lignes)


def _decidee(verdict: Decision.Verdict, demande: Demande) -> bool:
    return not demande.est_en_attente and demande.decision.verdict == verdict


DU_MOIS = (
    SorteDeGroupe(
        "en-attente",
        "Demandes en attente",
        lambda demande: demande.est_en_attente,
        (colonnes.ETAT, colonnes.DEPOSEE_LE),
    ),
    SorteDeGroupe(
        "refusees",
        "Demandes refusées",
        partial(_decidee, Decision.Verdict.REFUSEE),
        (colonnes.DEPOSEE_LE, colonnes.REFUSEE_LE, colonnes.MOTIF_DU_REFUS),
    ),
    SorteDeGroupe(
        "acceptees",
        "Demandes acceptées",
        partial(_decidee, Decision.Verdict.ACCEPTEE),
        (colonnes.ETAT, colonnes.DEPOSEE_LE, colonnes.ACCEPTEE_LE, colonnes.REMARQUE),
    ),
    SorteDeGroupe(
        "retirees",
        "Demandes retirées",
        partial(_decidee, Decision.Verdict.RETIREE),
        (colonnes.DEPOSEE_LE, colonnes.RETIREE_LE),
    ),
    SorteDeGroupe(
        "expirees",
        "Demandes restées sans réponse",
        partial(_decidee, Decision.Verdict.EXPIREE),
        (colonnes.DEPOSEE_LE, colonnes.EXPIREE_LE, colonnes.MOTIF),
    ),
)
TOUTES = SorteDeGroupe(
    "toutes",
    "Toutes mes demandes",
    lambda demande: True,
    (colonnes.ETAT, colonnes.DEPOSEE_LE, colonnes.DECIDEE_LE, colonnes.MOTIF),
)
