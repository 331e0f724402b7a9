"""The days that a change may reach: those of some prestations, over some time. Read twice, told, announced."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

import francais
from famille.connexion.requete import compte_de
from planning.journees.lecture import lire_journees
from planning.models import Prestation, jours_ouverts, lire_calendrier
from planning.portee import chiffrage
from planning.portee.annonce import a_annoncer, annoncer
from planning.portee.ecart import Ecart, JourAttendu, Lecture
from planning.portee.essai import SeDitAvant
from planning.regles.etats import OCCUPENT, Presence
from planning.regles.jours import jours_entre
from socle.annee_scolaire import AnneeScolaire

LOINTAIN = timedelta(days=2 * 366)  # before, and after: what a mistyped year would reach is not counted
TROIS_MOIS = timedelta(days=92)


@dataclass(frozen=True)
class JoursTouches(SeDitAvant[Lecture]):
    """`raison`: what the familles whose days fall, or come, are told first. `famille`, `enfant`: of those alone."""

    prestations: QuerySet[Prestation]
    periodes: Sequence[tuple[date, date]]
    raison: str = "Le centre a changé ses jours d’accueil."
    famille: int | None = None
    enfant: int | None = None
    # A rule without an end: until when its days are counted.
    borne: date | None = None

    def lire(self) -> Lecture:
        """The days on which somebody is expected, or came, as the base is now."""
        prestations = list(self.prestations.all())
        horaires = {prestation.pk: prestation.horaires for prestation in prestations}
        journees = [
            journee
            for journee in lire_journees(self._ouverts(prestations), famille=self.famille, enfant=self.enfant)
            if journee.etat in OCCUPENT or journee.presence == Presence.PRESENT
        ]
        lus = (
            JourAttendu(journee, horaires[journee.prestation], montant)
            for journee, montant in zip(journees, chiffrage.montants(journees), strict=True)
        )
        return {jour.cle: jour for jour in lus}

    def dire(self, avant: Lecture, apres: Lecture) -> list[str]:
        ecart = Ecart(avant, apres)
        previens = len(a_annoncer(ecart))
        familles = francais.pluriel(previens, "famille sera prévenue", "familles seront prévenues")
        phrases = [*ecart.dire(), *([f"{familles} par un message."] if previens else [])]
        if phrases and self.borne:
            phrases.append(f"Compté jusqu’au {francais.date_courte(self.borne)}.")
        return phrases

    def annoncer(self, avant: Lecture, apres: Lecture, request: HttpRequest) -> None:
        annoncer(a_annoncer(Ecart(avant, apres)), self.raison, par=compte_de(request))

    def _ouverts(self, prestations: list[Prestation]) -> dict[int, list[date]]:
        aujourd_hui = timezone.localdate()
        bornes = [(max(du, aujourd_hui - LOINTAIN), min(au, aujourd_hui + LOINTAIN)) for du, au in self.periodes]
        jours = sorted({jour for du, au in bornes for jour in jours_entre(du, au)})
        if not jours:
            return {}
        calendrier = lire_calendrier(jours[0], jours[-1])
        ouverts = jours_ouverts(prestations, jours[0], jours[-1], calendrier)
        voulus = set(jours)
        return {prestation: [jour for jour in ouverts[prestation] if jour in voulus] for prestation in ouverts}


def desormais(prestations: Iterable[Prestation]) -> tuple[date, date]:
    """From the first day that is not billed yet, or today, to the end of the school year, or of the next one."""
    aujourd_hui = timezone.localdate()
    fin = AnneeScolaire.de(aujourd_hui + TROIS_MOIS).au
    a_facturer = chiffrage.premier_jour_a_facturer([prestation.pk for prestation in prestations])
    return min(aujourd_hui, a_facturer or aujourd_hui), fin
