"""La rentrée asks again: records to certify, and documents to give anew, from one day on. The one verb of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from famille.models.certification.date_fixee import DateDeCertification
from famille.models.compte import Compte

from .demandee import PieceDemandee
from .fournie import PieceFournie


@dataclass(frozen=True)
class Redemande:
    """From `pour` on, what was certified before no longer counts if `certification`; nor what was given before today of
    those `pieces`. What comes from today on counts."""

    pour: date
    pieces: Sequence[PieceDemandee] = ()
    certification: bool = True

    @transaction.atomic
    def redemander(self, *, par: Compte) -> None:
        """Twice is once. `PieceDemandee.objects.a_redemander(pour)`: those of which it has something to say."""
        if self.certification:
            DateDeCertification.objects.redemander(self.pour, par=par)
        for piece in PieceDemandee.objects.a_redemander(self.pour).filter(pk__in=[piece.pk for piece in self.pieces]):
            PieceFournie.objects.perimer(piece, timezone.localdate())
        PieceDemandee.objects.redemander(self.pour, self.pieces)
