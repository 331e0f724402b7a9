"""One inscription takes over from another: a new pattern, or a real inscription after those made at the roll."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Self

from django.db import connection, models

from planning.regles.jours import UN_JOUR
from socle.periodes import couvre

from .reservation import Reservation

SANS_CHEVAUCHEMENT = "inscription_sans_chevauchement"


@contextmanager
def relais() -> Iterator[None]:
    """Meanwhile, both may stand on the same days; not afterwards."""
    with connection.cursor() as curseur:
        curseur.execute(f"SET CONSTRAINTS {SANS_CHEVAUCHEMENT} DEFERRED")
        yield
        curseur.execute(f"SET CONSTRAINTS {SANS_CHEVAUCHEMENT} IMMEDIATE")


class AvecRelais(models.Model):
    """From … to …, both days included. Its days may be handed on to the one that takes over."""

    du = models.DateField("du")
    au = models.DateField("au", null=True, blank=True, help_text="Dernier jour. Vide\u00a0: jusqu’à nouvel ordre.")

    # Annotated by `planning.inscriptions.rentree`.
    est_sortant: bool
    est_rattache: bool
    est_deja_reconduite: bool

    class Meta:
        abstract = True

    def couvre(self, jour: date) -> bool:
        return couvre(self.du, self.au, jour)

    def ceder_a(self, suite: Self) -> None:
        """Its days are those of `suite`, from the first one on. What is left of it ends the day before."""
        siens = Reservation.objects.filter(inscription=self.pk)
        siens.filter(jour__gte=suite.du).update(inscription=suite.pk)
        if suite.du <= self.du:
            self.delete()
        else:
            self.au = suite.du - UN_JOUR
            self.save(update_fields=["au"])

    def absorber(self, venues: Iterable[Self]) -> None:
        """Take over the days on which the child came before being enrolled."""
        for venue in venues:
            Reservation.objects.filter(inscription=venue.pk).update(inscription=self.pk)
            venue.delete()
