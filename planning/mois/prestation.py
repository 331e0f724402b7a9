"""A month of a prestation, for agents: its children in rows, its days in columns, headcounts over places.

Six queries, whatever the number of children; the cells are those of the parents' grid.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from django.db.models import F, Q

from planning.journees.effectives import effectifs, jours_ouverts
from planning.models import Inscription, Prestation, Reservation, lire_calendrier
from planning.mois.enfant import Ligne as Journee
from planning.mois.enfant import presences_simultanees
from planning.mois.grille import Case, Colonne, Dossier, Grille, JourneeBrute, LigneBrute, dresser
from planning.places import comptes as places
from planning.regles.calendrier import Calendrier
from planning.regles.etats import Etat, Presence
from planning.regles.jours import bornes_du_mois
from planning.regles.legende import Statut


@dataclass(frozen=True)
class JourDuMois:
    """The head and the foot of a column. `places` None: no limit."""

    colonne: Colonne
    attendus: int
    places: int | None
    presents: int

    @property
    def est_complet(self) -> bool:
        return self.places is not None and self.attendus >= self.places


@dataclass(frozen=True)
class LigneDuMois:
    """A child. `famille` is only told where the child comes on behalf of two."""

    enfant: str
    ou: str
    cases: tuple[Case, ...]


class MoisPrestation:
    """What the page shows: the days on which children come, or came."""

    def __init__(self, prestation: Prestation, annee: int, mois: int, aujourd_hui: date) -> None:
        self.prestation, self.annee, self.mois, self.aujourd_hui = prestation, annee, mois, aujourd_hui
        self.premier, self.dernier = bornes_du_mois(annee, mois)

    @cached_property
    def jours(self) -> list[JourDuMois]:
        colonnes = [colonne for colonne in self.grille.colonnes if colonne.jour in self._montres]
        jours = [colonne.jour for colonne in colonnes]
        attendus = effectifs({self.prestation.pk: self._ouverts})
        capacites = places.capacites(self.prestation.pk, self.prestation.places, jours)
        return [
            JourDuMois(colonne, attendus.get((self.prestation.pk, jour), 0), capacites[jour], self._presents(jour))
            for colonne, jour in zip(colonnes, jours, strict=True)
        ]

    @cached_property
    def lignes(self) -> list[LigneDuMois]:
        """The children of whom something is known this month."""
        numeros = [jour.colonne.jour.day - 1 for jour in self.jours]
        return [
            LigneDuMois(ligne.prestation, ligne.structure, tuple(ligne.cases[numero] for numero in numeros))
            for ligne in self.grille.lignes
            if any(ligne.cases[numero].etat != Etat.AUCUN or ligne.cases[numero].affichage.marque for numero in numeros)
        ]

    @property
    def sans_reservation(self) -> int:
        """Children enrolled for nothing, this month."""
        return len(self.grille.lignes) - len(self.lignes)

    @cached_property
    def legende(self) -> list[Statut]:
        montres = {case.affichage for ligne in self.lignes for case in ligne.cases}
        presents = {statut for affichage in montres for statut in (affichage.statut, affichage.marque)}
        return [statut for statut in Statut if statut in presents]

    @cached_property
    def grille(self) -> Grille:
        """The parents' grid, with a child where a prestation is, and their school where the structure is."""
        return dresser(self.annee, self.mois, self._brutes(), self._calendrier.feries, self.aujourd_hui)

    @cached_property
    def _calendrier(self) -> Calendrier:
        return lire_calendrier(self.premier, self.dernier)

    @cached_property
    def _ouverts(self) -> list[date]:
        ouverts = jours_ouverts([self.prestation], self.premier, self.dernier, self._calendrier)
        return ouverts[self.prestation.pk]

    @cached_property
    def _montres(self) -> set[date]:
        venus = {case.jour for ligne in self.grille.lignes for case in ligne.cases if case.affichage.marque}
        return venus | set(self._ouverts)

    def _presents(self, jour: date) -> int:
        venus = {Statut.PRESENT_RESERVE, Statut.PRESENT_SANS_RESERVATION}
        return sum(ligne.case(jour).affichage.marque in venus for ligne in self.grille.lignes)

    @cached_property
    def _inscriptions(self) -> list[Inscription]:
        inscriptions = list(
            Inscription.objects.entre(self.premier, self.dernier)
            .filter(prestation=self.prestation)
            .select_related("enfant__ecole", "famille")
            .order_by("enfant__nom", "enfant__prenom", "enfant", "famille", "du")
        )
        for inscription in inscriptions:
            inscription.prestation = self.prestation
        return inscriptions

    def _brutes(self) -> list[LigneBrute]:
        journees = self._journees()
        lignes = []
        for cle, suite in groupby(self._inscriptions, lambda inscription: (inscription.enfant, inscription.famille)):
            enfant, _ = cle
            inscriptions = list(suite)
            lignes.append(
                LigneBrute(
                    cle=enfant.pk,
                    structure=", ".join(filter(None, [enfant.ecole and enfant.ecole.nom, enfant.get_classe_display()])),
                    prestation=f"{enfant.nom} {enfant.prenom}",
                    responsable="",
                    dossiers=tuple(Dossier(une.pk, une.regles_du_jour(self._calendrier)) for une in inscriptions),
                    journees={jour: j for une in inscriptions for jour, j in journees.get(une.pk, {}).items()},
                )
            )
        return lignes

    def _journees(self) -> dict[int, dict[date, JourneeBrute]]:
        """By inscription. Presences elsewhere count too: two at once are an error."""
        enfants = {inscription.enfant_id for inscription in self._inscriptions}
        ailleurs = Q(presence=Presence.PRESENT, inscription__enfant__in=enfants)
        du_mois = Reservation.objects.entre(self.premier, self.dernier).filter(Q(prestation=self.prestation) | ailleurs)
        par_enfant: dict[int, list[Journee]] = {}
        colonnes = ("inscription_id", "jour", "etat", "presence", "arrivee", "depart")
        heures = (F("prestation__heure_debut"), F("prestation__heure_fin"))
        for enfant, *ligne in du_mois.order_by().values_list("inscription__enfant", *colonnes, *heures):
            par_enfant.setdefault(enfant, []).append(Journee(*ligne))
        return _par_inscription(par_enfant)


def _par_inscription(par_enfant: dict[int, list[Journee]]) -> dict[int, dict[date, JourneeBrute]]:
    journees: dict[int, dict[date, JourneeBrute]] = {}
    for lignes in par_enfant.values():
        doubles = set(presences_simultanees(ligne for ligne in lignes if ligne.presence == Presence.PRESENT))
        for ligne in lignes:
            journees.setdefault(ligne.inscription, {})[ligne.jour] = JourneeBrute(
                Etat(ligne.etat), Presence(ligne.presence), ligne.arrivee, ligne.depart, chevauche=ligne in doubles
            )
    return journees
