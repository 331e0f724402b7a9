"""The month of all the children of a famille, for agents: as many queries for one child as for five."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from django.utils import timezone

from famille.models import Enfant, Famille
from planning.models import Inscription, Reservation, lire_calendrier
from planning.models.jours_pris.manques import lire_les_pieces
from planning.mois.enfant import MoisEnfant
from planning.mois.grille import LigneBrute
from planning.mois.journees import JourneesDuMois, ranger_le_mois
from planning.places.restantes import effectifs
from planning.regles.calendrier import Calendrier
from planning.regles.jours import bornes_du_mois, jours_entre


class MoisDeLaFamille:
    """What that famille booked and pays, child by child. Four queries."""

    def __init__(self, famille: Famille, enfants: Iterable[Enfant], annee: int, mois: int) -> None:
        self.famille, self.annee, self.mois = famille, annee, mois
        self.premier, self.dernier = bornes_du_mois(annee, mois)
        self.par_enfant = [MoisPourAgent(enfant, self) for enfant in enfants]

    @cached_property
    def calendrier(self) -> Calendrier:
        return lire_calendrier(self.premier, self.dernier)

    @cached_property
    def inscriptions(self) -> dict[int, list[Inscription]]:
        """By child, and by whatever famille: the child is in one place at a time."""
        lues = (
            Inscription.objects.entre(self.premier, self.dernier)
            .ouvertes(self.premier)
            .filter(enfant__in=[mois.enfant.pk for mois in self.par_enfant])
            .select_related("prestation__structure")
            .avec_payeur(self.dernier)
            .avec_manques()
            .order_by("enfant", "prestation", "prestation_id", "du")
        )
        toutes = list(lues)
        lire_les_pieces(une for une in toutes if une.famille_id == self.famille.pk)
        return {enfant: list(siennes) for enfant, siennes in groupby(toutes, attrgetter("enfant_id"))}

    @cached_property
    def journees(self) -> JourneesDuMois:
        enfants = [mois.enfant.pk for mois in self.par_enfant]
        lues = Reservation.objects.entre(self.premier, self.dernier).filter(inscription__enfant__in=enfants)
        return ranger_le_mois(lues.avec_horaires())

    @cached_property
    def complets(self) -> set[tuple[int, date]]:
        """Prestations and days to come without a place left. None of a month that is past."""
        jours = list(jours_entre(max(self.premier, timezone.localdate()), self.dernier))
        prestations = {une.prestation_id for mois in self.par_enfant for une in mois.inscriptions}
        comptes = effectifs(dict.fromkeys(prestations, jours)) if jours and prestations else {}
        return {couple for couple, effectif in comptes.items() if effectif.est_complet}


class MoisPourAgent(MoisEnfant):
    """A child's month, from what was read of all of them; with the errors that only agents see."""

    def __init__(self, enfant: Enfant, lu: MoisDeLaFamille) -> None:
        super().__init__(enfant, lu.famille, lu.annee, lu.mois)
        self.lu = lu

    @property
    def calendrier(self) -> Calendrier:
        return self.lu.calendrier

    def lignes_brutes(self) -> list[LigneBrute]:
        return [replace(brute, pour_la_famille=False) for brute in super().lignes_brutes()]

    @cached_property
    def _de_l_enfant(self) -> list[Inscription]:
        siennes = self.lu.inscriptions.get(self.enfant.pk, [])
        for inscription in siennes:
            inscription.enfant = self.enfant
        return siennes

    def _journees(self) -> JourneesDuMois:
        return self.lu.journees
