"""The columns of « Liste des demandes »: each has its heading, and reads its cell from a request."""

from collections.abc import Mapping, Sequence

import francais
from demandes.genre.colonnes import Colonne
from demandes.genre.onglet import MES_ENFANTS, Onglet
from demandes.genre.type_demande import Genre
from demandes.models import Demande
from demandes.suivi.avancement import avancement
from famille.models import Responsable


def _deposee_le(demande: Demande) -> str:
    return francais.date_courte(demande.deposee_jour)


def _decidee_le(demande: Demande) -> str:
    return "" if demande.est_en_attente else francais.date_courte(demande.decision.jour)


def _motif(demande: Demande) -> str:
    return "" if demande.est_en_attente else demande.decision.motif


ETAT: Colonne[Demande] = Colonne("État", lambda demande: avancement(demande).texte)
DEPOSEE_LE = Colonne("Déposée le", _deposee_le)
DECIDEE_LE = Colonne("Décidée le", _decidee_le)
REFUSEE_LE = Colonne("Refusée le", _decidee_le)
ACCEPTEE_LE = Colonne("Acceptée le", _decidee_le)
RETIREE_LE = Colonne("Retirée le", _decidee_le)
EXPIREE_LE = Colonne("Expirée le", _decidee_le)
MOTIF = Colonne("Motif", _motif)
MOTIF_DU_REFUS = Colonne("Motif du refus", _motif)
REMARQUE = Colonne("Remarque", _motif)
RESUME: Colonne[Demande] = Colonne("Ce que vous demandez", lambda demande: demande.genre.resume(demande))


def personne(onglet: Onglet, responsables: Mapping[str, Responsable]) -> Colonne[Demande]:
    """Whom the requests of that tab are about."""
    return Colonne(
        "Enfant" if onglet == MES_ENFANTS else "Responsable",
        lambda demande: demande.genre.concerne(demande, responsables),
    )


def contenu(genre: Genre | None) -> Sequence[Colonne[Demande]]:
    """What is asked: the columns of that kind if it is alone and has some, else a summary."""
    return (genre.colonnes_de_liste() if genre else []) or [RESUME]
