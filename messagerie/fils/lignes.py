"""Threads and messages as pages show them: ready values, no query."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

import francais
from messagerie.models import Fil, Message, Piece
from messagerie.models.fil import APERCU
from socle.reglages.centre import le_centre


@dataclass(frozen=True)
class LigneDeFil:
    """A thread in a list. `non_lus` is « » or « 2 nouveaux messages »."""

    fil: Fil
    qui: str
    extrait: str
    quand: str
    non_lus: str

    @property
    def echanges(self) -> str:
        return francais.pluriel(self.fil.nombre, "message")

    @classmethod
    def de(cls, fil: Fil, maintenant: datetime) -> "LigneDeFil":
        """`fil` comes from `avec_apercu`."""
        return cls(
            fil,
            qui=le_centre().nom if fil.dernier_du_centre else fil.derniere_signature,
            extrait=francais.abrege(fil.extrait, APERCU),
            quand=quand(fil.dernier_le, maintenant),
            non_lus=francais.pluriel(fil.non_lus, "nouveau message", "nouveaux messages") if fil.non_lus else "",
        )


@dataclass(frozen=True)
class LigneDeMessage:
    """A message in its thread."""

    message: Message
    le: str
    est_nouveau: bool
    pieces: Collection[Piece]

    @classmethod
    def de(cls, message: Message, lu_jusqu_a: datetime | None) -> "LigneDeMessage":
        """`lu_jusqu_a`: what the reader had read up to, None for nothing. Pieces are prefetched."""
        local = timezone.localtime(message.le)
        est_nouveau = message.du_centre and (lu_jusqu_a is None or message.le > lu_jusqu_a)
        le = f"{francais.date_longue(local.date())} à {francais.heure(local.time())}"
        return cls(message, le, est_nouveau, message.pieces.all())


def quand(moment: datetime, maintenant: datetime) -> str:
    """« 14 h 05 » today, « 8 avril » this year, « 08/04/2015 » before."""
    jour, aujourd_hui = timezone.localdate(moment), timezone.localdate(maintenant)
    if jour == aujourd_hui:
        return francais.heure(timezone.localtime(moment).time())
    if jour.year == aujourd_hui.year:
        return f"{francais.quantieme(jour)}\u00a0{francais.MOIS[jour.month - 1]}"
    return francais.date_courte(jour)
