"""Whose portal an agent is looking at, and until when: kept in the agent's own session."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from famille.models import Compte, Responsable

CLE = "regard"
DUREE = timedelta(minutes=30)
# The portal shows all of a famille: health, bank, money, conversations. Who looks may read all of it elsewhere.
DROITS = (
    "famille.voir_comme",
    "famille.view_famille",
    "famille.view_fichesanitaire",
    "famille.view_informationsbancaires",
    "facturation.view_facture",
    "messagerie.view_fil",
    "demandes.traiter_demande",
)


@dataclass(frozen=True)
class Regard:
    """`compte`: the key of the adult's account. `jusqu_a`: seconds."""

    compte: int
    famille: int
    nom: str
    jusqu_a: int

    @classmethod
    def commencer(cls, session: SessionBase, responsable: Responsable) -> Self:
        assert responsable.compte_id is not None, "who has no access sees no portal"
        fin = int((timezone.now() + DUREE).timestamp())
        regard = cls(responsable.compte_id, responsable.famille_id, responsable.nom_complet, fin)
        session[CLE] = [regard.compte, regard.famille, regard.nom, regard.jusqu_a]
        return regard

    @classmethod
    def en_cours(cls, session: SessionBase) -> Self | None:
        """None once its time is over."""
        garde = session.get(CLE)
        regard = cls(*garde) if garde else None
        return regard if regard and regard.jusqu_a > timezone.now().timestamp() else None

    @staticmethod
    def finir(session: SessionBase) -> None:
        session.pop(CLE, None)

    def est_permis_a(self, agent: Compte) -> bool:
        return agent.is_active and agent.has_perms(DROITS)
