"""A document that is expected of a child, or of a famille, and where it stands. Plain values."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices


class EtatDePiece(TextChoices):
    """As PostgreSQL says it of a day: see `lecture`."""

    A_FOURNIR = "a_fournir", "À fournir"
    RECUE = "recue", "Document reçu, à vérifier"
    VERIFIEE = "verifiee", "Document vérifié"
    REFUSEE = "refusee", "Document refusé"
    EXPIREE = "expiree", "Document périmé"


# Nothing more to do for the famille, as long as nobody says otherwise.
SUFFISENT = frozenset({EtatDePiece.RECUE, EtatDePiece.VERIFIEE})
# Wait for the famille.
MANQUENT = frozenset(EtatDePiece) - SUFFISENT


@dataclass(frozen=True, slots=True)
class PieceAttendue:
    """`enfant`: its key, None where it is asked once of the famille. `fournie`: the deposit that speaks, None if there
    is none; `donnee_par`: the famille that gave it, which alone reads its files and why it was refused."""

    famille: int
    enfant: int | None
    piece: int
    nom: str
    consigne: str
    de_sante: bool
    bloquante: bool
    tenue_par: str
    etat: EtatDePiece
    expire_le: date | None
    fournie: int | None
    donnee_par: int | None

    @classmethod
    def lire(cls, ligne: tuple) -> "PieceAttendue":
        """From a row of PostgreSQL, columns in the order of the fields."""
        famille, enfant, piece, nom, consigne, de_sante, bloquante, tenue_par, etat, *reste = ligne
        return cls(famille, enfant, piece, nom, consigne, de_sante, bloquante, tenue_par, EtatDePiece(etat), *reste)

    @property
    def manque(self) -> bool:
        return self.etat in MANQUENT
