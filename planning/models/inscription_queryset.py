"""Which inscriptions: those in force, with a pattern, at some hours; with who pays for them."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.utils import timezone

from famille.models import Enfant, Famille, PieceDemandee
from famille.models.certification.date_fixee import a_certifier_depuis
from planning.regles.horaires import Horaires
from planning.regles.jours import AUCUN_JOUR
from socle.periodes import entre

from .payeur import le_payeur
from .prestation import aux_memes_heures

M = TypeVar("M", bound=models.Model)
RELUS = ("du", "au", "jours", "parite", "a_regulariser", "a_certifier_depuis", "pieces_exigees")


class FiltresInscription(models.QuerySet[M]):
    def entre(self, du: date, au: date) -> Self:
        """In force on some day from `du` to `au`."""
        return self.filter(entre(du, au))

    def en_vigueur(self, jour: date) -> Self:
        return self.entre(jour, jour)

    def ouvertes(self, jour: date) -> Self:
        """To prestations that one may still book on that day."""
        sans_fin = models.Q(prestation__inactive_depuis__isnull=True)
        return self.filter(sans_fin | models.Q(prestation__inactive_depuis__gt=jour))

    def de_ce_foyer(self, enfant: Enfant, famille: Famille) -> Self:
        return self.filter(enfant=enfant, famille=famille)

    def a_venir(self, jour: date | None = None) -> Self:
        """In force on that day, today if none is given, or later."""
        return self.filter(models.Q(au__isnull=True) | models.Q(au__gte=jour or timezone.localdate()))

    def regulieres(self) -> Self:
        return self.exclude(jours=AUCUN_JOUR)

    def a_regulariser(self) -> Self:
        """Children who came without being inscrits."""
        return self.filter(a_regulariser=True)

    def aux_heures(self, horaires: Horaires) -> Self:
        """To prestations whose hours overlap those."""
        de, a = "prestation__heure_debut", "prestation__heure_fin"
        return self.filter(aux_memes_heures(horaires.debut, horaires.fin, de=de, a=a))

    def avec_payeur(self, jour: date) -> Self:
        """Annotated with `payeur` (« DUPONT Jean »), `ville` and the `qf` of that day."""
        return self.annotate(**le_payeur(jour))

    def avec_manques(self, jour: date | None = None) -> Self:
        """Annotated with what the centre wants before it books: `manques` of the inscription. No statement more."""
        le = jour or timezone.localdate()
        exigees = models.Exists(PieceDemandee.objects.order_by().bloquantes(le))
        return self.annotate(a_certifier_depuis=a_certifier_depuis("famille", le), pieces_exigees=exigees)

    def relire(self, cle: int) -> dict[str, object] | None:
        """What whoever holds the child's lock reads again, by name; None: it was replaced by another one."""
        return self.filter(pk=cle).avec_manques().values(*RELUS).first()
