"""Taking places: days one by one (PriseDePlaces), or every week (PriseDeRythme). All of them, or none.

Locks in one order: the child, then the prestation, then its days. A transaction that takes places for several
children or prestations must take them in the order of their ids.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from famille.models import Compte
from francais import jour_et_mois
from planning import erreurs
from planning.acteurs import exiger_famille
from planning.places import comptes, verrous
from planning.regles.calendrier import Calendrier
from planning.regles.etats import OCCUPENT, Etat
from planning.regles.jours import jours_entre
from planning.regles.ouverture import SANS_RYTHME, Rythme

from .calendrier import lire_calendrier

if TYPE_CHECKING:
    from .inscription import Inscription, InscriptionQuerySet
    from .reservation import Reservation

# Two ISO weeks hold every day of every pattern.
CYCLE = timedelta(days=14)


class PriseDePlaces:
    """Days that a famille or an agent takes at once, on one inscription."""

    def __init__(self, inscription: "Inscription", *, par: Compte) -> None:
        self.inscription, self.par = inscription, par

    @transaction.atomic
    def faire(self, jours: Iterable[date], etat: Etat) -> list["Reservation"]:
        """Bring each day into that state, or raise the first reason why not."""
        jours = sorted(set(jours))
        exiger_famille(self.par, self.inscription.famille_id)
        if not jours:
            return []
        self.inscription.verrouiller()
        calendrier = lire_calendrier(jours[0], jours[-1])
        journees = self.inscription.journees(jours, calendrier)
        regles = self.inscription.regles_du_jour(calendrier, pour_agent=self.par.is_staff)
        for journee in journees:
            if refus := regles.refus_de_reserver(journee.jour, Etat(journee.etat)):
                raise refus
        refuser_si_attendu_ailleurs(self.inscription, jours, calendrier)
        self._refuser_si_complet(jours)
        for journee in journees:
            # A second request does not erase why the first one was refused, until it is accepted.
            motif = journee.motif if journee.etat == Etat.REFUSEE and etat == Etat.DEMANDEE else ""
            journee.changer(etat, self.par, motif=motif)
        return self._enregistrer(journees)

    def _refuser_si_complet(self, jours: list[date]) -> None:
        prestation = self.inscription.prestation
        capacites = comptes.capacites(prestation.pk, prestation.places, jours)
        limites = {jour: places for jour in jours if (places := capacites[jour]) is not None}
        if not limites:
            return
        verrous.verrouiller_jours(prestation.pk, limites)
        occupees = comptes.occupees(prestation.pk, limites)
        for jour, places in limites.items():
            if occupees[jour] >= places:
                raise complet(prestation.nom, jour)

    def _enregistrer(self, journees: list["Reservation"]) -> list["Reservation"]:
        reservations = self.inscription.reservations.model.objects
        nouvelles = [journee for journee in journees if journee.pk is None]
        connues = [journee for journee in journees if journee.pk]
        reservations.bulk_create(nouvelles)
        reservations.bulk_update(connues, ["etat", "etat_avant", "motif", "depuis", "par"])
        return journees


class PriseDeRythme:
    """A weekly pattern that has just been written: it must fit, or the transaction is undone."""

    def __init__(self, inscription: "Inscription", *, remplace: Rythme = SANS_RYTHME) -> None:
        self.inscription, self.remplace = inscription, remplace

    def verifier(self) -> None:
        """Raises HorairesIncompatibles or Complet. Nothing to say of an inscription without a pattern."""
        if self.inscription.est_reguliere:
            self._refuser_les_rythmes_contraires()
            self._refuser_les_reservations_contraires()
            self._refuser_si_complet()

    def _refuser_les_rythmes_contraires(self) -> None:
        ici = self.inscription
        for autre in autres_inscriptions(ici, ici.du, ici.au or date.max).regulieres():
            ouverts = ici.prestation.ouverture.rencontre(autre.prestation.ouverture)
            if ici.rythme.rencontre(autre.rythme) & ouverts:
                raise erreurs.HorairesIncompatibles("L’enfant est déjà attendu ailleurs à ces heures, chaque semaine.")

    def _refuser_les_reservations_contraires(self) -> None:
        ici = self.inscription
        autres = autres_inscriptions(ici, ici.du, ici.au or date.max)
        prises = ici.reservations.model.objects.occupant_une_place().filter(inscription__in=autres, jour__gte=ici.du)
        jours = [jour for jour in prises.order_by("jour").values_list("jour", flat=True) if ici.rythme.comprend(jour)]
        if jours:
            regles = ici.regles_du_jour(lire_calendrier(jours[0], jours[-1]))
            for jour in filter(regles.est_regulier, jours):
                raise attendu_ailleurs(jour)

    def _refuser_si_complet(self) -> None:
        prestation = self.inscription.prestation
        verrous.verrouiller_prestation(prestation.pk)
        jours = [jour for jour in self._jours_a_prendre() if not self.remplace.comprend(jour)]
        capacites = comptes.capacites(prestation.pk, prestation.places, jours)
        occupees = comptes.occupees(prestation.pk, jours)
        for jour in jours:
            # Written already: it counts itself.
            places = capacites[jour]
            if places is not None and occupees[jour] > places:
                raise complet(prestation.nom, jour)

    def _jours_a_prendre(self) -> list[date]:
        """The days of the pattern, up to where everything that is known of the prestation repeats itself."""
        ici, prestation = self.inscription, self.inscription.prestation
        connus = [
            ici.du,
            prestation.reservations.aggregate(n=Max("jour"))["n"],
            prestation.places_du_jour.aggregate(n=Max("jour"))["n"],
            *prestation.inscriptions.aggregate(a=Max("du"), b=Max("au")).values(),
        ]
        horizon = max(filter(None, connus)) + CYCLE
        ouverture = prestation.ouverture
        ouverts = ouverture.scolaire | ouverture.petites_vacances | ouverture.grandes_vacances
        jours = jours_entre(ici.du, min(horizon, ici.au or horizon))
        return [jour for jour in jours if ici.rythme.comprend(jour) and ouverts.comprend(jour)]


def autres_inscriptions(inscription: "Inscription", du: date, au: date) -> "InscriptionQuerySet":
    """The other inscriptions of the child, in whatever famille, whose hours overlap those of this one."""
    autres = inscription.enfant.inscriptions.exclude(pk=inscription.pk).entre(du, au)
    return autres.aux_heures_de(inscription.prestation).select_related("prestation", "enfant")


def refuser_si_attendu_ailleurs(inscription: "Inscription", jours: list[date], calendrier: Calendrier) -> None:
    """Raises HorairesIncompatibles if the child is booked elsewhere at those hours, on one of those days."""
    for autre in autres_inscriptions(inscription, jours[0], jours[-1]):
        for journee in autre.journees(filter(autre.couvre, jours), calendrier):
            if journee.etat in OCCUPENT:
                raise attendu_ailleurs(journee.jour)


def attendu_ailleurs(jour: date) -> erreurs.HorairesIncompatibles:
    # Neither where nor by whom: it may be the other famille's business.
    return erreurs.HorairesIncompatibles(f"L’enfant est déjà attendu ailleurs à ces heures le {jour_et_mois(jour)}.")


def complet(prestation: str, jour: date) -> erreurs.Complet:
    return erreurs.Complet(f"Il n’y a plus de place le {jour_et_mois(jour)}\u00a0: {prestation}.")
