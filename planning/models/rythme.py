"""The weekly pattern of an inscription. Its days are derived, not stored: a new one must fit as they would."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.db import models
from django.utils import timezone

from planning import erreurs
from planning.champs import JoursField
from planning.places import prise, verrous
from planning.regles.inscription import ReglesInscription
from planning.regles.jours import AUCUN_JOUR, Jours, jours_entre
from planning.regles.ouverture import Rythme
from planning.regles.refus import ReglesDuJour, attendu_ailleurs

from .calendrier import lire_calendrier
from .prestation import Prestation
from .reservation import Reservation

# Two ISO weeks hold every day of every pattern.
CYCLE = timedelta(days=14)


class AvecRythme(models.Model):
    """Some days of the week, one week in two for a garde alternée. No day: nothing is régulier."""

    class Parite(models.IntegerChoices):
        PAIRE = 0, "Semaines paires"
        IMPAIRE = 1, "Semaines impaires"

    jours = JoursField("jours réguliers", default=AUCUN_JOUR)
    parite = models.PositiveSmallIntegerField(
        "semaines", choices=Parite, null=True, blank=True, help_text="Garde alternée. Vide\u00a0: toutes les semaines."
    )

    class Meta:
        abstract = True

    @property
    def rythme(self) -> Rythme:
        return Rythme(Jours(self.jours), self.parite)

    @property
    def est_reguliere(self) -> bool:
        return bool(self.jours)


class NouveauRythme:
    """A pattern that has just been written must fit: a child is in one place at a time, and places are counted.

    It is that of `regles`, in that prestation. `autres`: the child's inscriptions at the same hours, by id.
    """

    def __init__(
        self, prestation: Prestation, regles: ReglesInscription, autres: Mapping[int, ReglesInscription]
    ) -> None:
        self.prestation, self.regles, self.autres = prestation, regles, autres

    def verifier(self, remplace: Rythme) -> None:
        """Raises HorairesIncompatibles or Complet. `remplace`: the pattern whose places it already has."""
        self._refuser_les_rythmes_contraires()
        self._refuser_les_reservations_contraires()
        verrous.verrouiller_prestation(self.prestation.pk)
        nouveaux = [jour for jour in self._jours_a_prendre() if not remplace.comprend(jour)]
        prise.refuser_le_trop_plein(self.prestation.pk, self.prestation.nom, nouveaux)

    def _refuser_les_rythmes_contraires(self) -> None:
        if any(self.regles.rencontre(autre) for autre in self.autres.values()):
            raise erreurs.HorairesIncompatibles("L’enfant est déjà attendu ailleurs à ces heures, chaque semaine.")

    def _refuser_les_reservations_contraires(self) -> None:
        rythme = self.regles.rythme
        prises = Reservation.objects.occupant_une_place().filter(inscription__in=self.autres, jour__gte=self.regles.du)
        jours = [jour for jour in prises.order_by("jour").values_list("jour", flat=True) if rythme.comprend(jour)]
        if jours:
            regles = ReglesDuJour(self.regles, lire_calendrier(jours[0], jours[-1]), timezone.now())
            for jour in filter(regles.est_regulier, jours):
                raise attendu_ailleurs(jour)

    def _jours_a_prendre(self) -> Iterator[date]:
        """The days of the pattern, up to where everything that is known of the prestation repeats itself."""
        du, au, rythme = self.regles.du, self.regles.au, self.regles.rythme
        horizon = max(du, self.prestation.dernier_jour_connu or du) + CYCLE
        ouverture = self.prestation.ouverture
        ouverts = ouverture.scolaire | ouverture.petites_vacances | ouverture.grandes_vacances
        jours = jours_entre(du, min(horizon, au or horizon))
        return (jour for jour in jours if rythme.comprend(jour) and ouverts.comprend(jour))
