"""What a visitor's browser keeps: a place in the line, then that they are in. Signed, and too old after a while."""

from dataclasses import dataclass
from typing import Self

from django.core.signing import BadSignature, TimestampSigner

TEMOIN = "portail_place"
DUREE_D_UNE_PLACE = 3 * 3600  # seconds
ENTREE = "entre"


@dataclass(frozen=True)
class Place:
    """`ligne`: the line of which machine. `donnee_le`: milliseconds since 1970."""

    ligne: int
    numero: int
    donnee_le: int

    def signer(self) -> str:
        return _signataire().sign(f"{self.ligne:x}.{self.numero}.{self.donnee_le}")

    @classmethod
    def lire(cls, temoin: str) -> Self | None:
        """None if it is not ours, too old, or something else."""
        try:
            ligne, numero, donnee_le = _signataire().unsign(temoin, max_age=DUREE_D_UNE_PLACE).split(".", 2)
            return cls(int(ligne, 16), int(numero), int(donnee_le))
        except (BadSignature, ValueError):
            return None


def signer_l_entree() -> str:
    return _signataire().sign(ENTREE)


def est_entre(temoin: str, duree: int) -> bool:
    """Who has come in less than `duree` seconds ago, or whose session went on since."""
    try:
        return _signataire().unsign(temoin, max_age=duree) == ENTREE
    except BadSignature:
        return False


def _signataire() -> TimestampSigner:
    return TimestampSigner(salt="portail.affluence")
