"""The requests that are looked for: what waits, what was decided, what a parent or an agent may see."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Self, TypeVar, cast

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from demandes.models.decision import Decision
from demandes.models.lot import SEULE, Decidable, Lot
from demandes.types import GENRES
from famille.models import Compte

M = TypeVar("M", bound=models.Model)


class DemandeQuerySet(models.QuerySet):
    def en_attente(self) -> Self:
        return self.filter(decidee_le__isnull=True)

    def decidees(self) -> Self:
        return self.filter(decidee_le__isnull=False)

    def acceptees(self) -> Self:
        return self.filter(decision__verdict=Decision.Verdict.ACCEPTEE)

    def refusees(self) -> Self:
        return self.filter(decision__verdict=Decision.Verdict.REFUSEE)

    def retirees(self) -> Self:
        return self.filter(decision__verdict=Decision.Verdict.RETIREE)

    def expirees(self) -> Self:
        return self.filter(decision__verdict=Decision.Verdict.EXPIREE)

    def expirables(self, jour: date) -> Self:
        """Pending on the morning of `jour`, of a kind that is of no use once its days have begun."""
        minuit = timezone.make_aware(datetime.combine(jour, time.min))
        genres = [genre.code for genre in GENRES.tous() if genre.expire]
        return self.en_attente().filter(type__in=genres, deposee_le__lt=minuit).plus_anciennes_d_abord()

    def recentes(self, depuis: datetime) -> Self:
        """Those deposited since then, and those that still wait, however old."""
        return self.filter(Q(deposee_le__gte=depuis) | Q(decidee_le__isnull=True))

    def a_signaler(self, depuis: datetime) -> Self:
        """What a parent should see on arriving: refused or expired since then, at least in part; and what still waits.

        Nothing of what they contain is read: no decryption.
        """
        verdicts = [Decision.Verdict.REFUSEE, Decision.Verdict.EXPIREE]
        refusee = Q(decision__verdict__in=verdicts) | Q(decision__refusees__0__isnull=False)
        lisibles = ("type", "famille", "decidee_le", "enfant__prenom", "decision__verdict", "decision__motif")
        a_dire = self.filter(Q(decidee_le__isnull=True) | Q(refusee, decidee_le__gte=depuis))
        return a_dire.select_related("enfant", "decision").only(*lisibles)

    def traitables_par(self, agent: Compte) -> Self:
        """Of the kinds that this agent may decide: health is not for everybody."""
        return self.filter(type__in=[genre.code for genre in GENRES.traites_par(agent)])

    @contextmanager
    def decider_ensemble(self, demandes: Iterable[Decidable]) -> Iterator[None]:
        """Meanwhile, those are decided one by one: they are locked at once, and what they share is read once."""
        choisies = list(demandes)
        with transaction.atomic():
            lot = Lot(self.filter(pk__in=[demande.pk for demande in choisies]))
            try:
                for demande in choisies:
                    demande.lot = lot
                yield
            finally:
                lot.lacher()
                for demande in choisies:
                    demande.lot = SEULE

    def plus_anciennes_d_abord(self) -> Self:
        return self.order_by("deposee_le", "pk")

    def avec_personnes(self) -> Self:
        """With all that a list shows, and nothing that it must not decrypt."""
        liees = ("famille", "enfant", "decision__par", "prise_en_charge_par", "deposee_par")
        return self.select_related(*liees).prefetch_related("famille__responsables")


def preter(lue: M, relue: M, *liens: str) -> M:
    """`relue`, with what both point to if it was read with `lue`: ten requests read each once."""
    for lien in liens:
        champ = cast(models.ForeignKey, lue._meta.get_field(lien))
        if champ.is_cached(lue) and getattr(lue, champ.attname) == getattr(relue, champ.attname):
            setattr(relue, lien, getattr(lue, lien))
    return relue
