"""What the record of its famille lacks, as an inscription was read: what its rules need to bar new bookings."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.utils import timezone

from planning.pieces.lecture import pieces_bloquantes
from planning.regles.dossier.manques import RIEN_NE_MANQUE, Manques


class AvecManques(models.Model):
    """Annotated by `avec_manques`; `verrouiller` reads them again. Which documents are missing is asked only where the
    centre wants some: of this inscription alone, or of several by `lire_les_pieces`."""

    a_certifier_depuis: date | None = None
    pieces_exigees = False
    pieces_manquantes: tuple[str, ...] | None = None
    famille_id: int

    class Meta:
        abstract = True

    @property
    def manques(self) -> Manques:
        """What the centre wants of the record before it books."""
        if self.pieces_exigees and self.pieces_manquantes is None:
            lire_les_pieces([self])
        pieces = self.pieces_manquantes or ()
        return Manques(self.a_certifier_depuis, pieces) if self.a_certifier_depuis or pieces else RIEN_NE_MANQUE


def lire_les_pieces(inscriptions: Iterable[AvecManques]) -> None:
    """Of all those for which the centre wants some: one query, or none."""
    exigeantes = [une for une in inscriptions if une.pieces_exigees]
    if not exigeantes:
        return
    couples = [(une.pk, une.famille_id) for une in exigeantes]
    manquantes = pieces_bloquantes(timezone.localdate(), couples)
    for une in exigeantes:
        une.pieces_manquantes = manquantes.get(une.pk, ())
