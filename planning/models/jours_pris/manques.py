"""What the record of its famille lacks, as an inscription was read: what its rules need to bar new bookings."""

from datetime import date

from django.db import models

from planning.regles.dossier.manques import RIEN_NE_MANQUE, Manques


class AvecManques(models.Model):
    """Annotated by `avec_manques`; `verrouiller` reads them again."""

    a_certifier_depuis: date | None = None

    class Meta:
        abstract = True

    @property
    def manques(self) -> Manques:
        """What the centre wants of the record before it books."""
        return Manques(self.a_certifier_depuis) if self.a_certifier_depuis else RIEN_NE_MANQUE
