"""A month of a prestation, for agents: its children in rows, its days in columns, headcounts over places.

Six queries, whatever the number of children; the cells are those of the parents' grid.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import compress, groupby
from operator import attrgetter

from django.db.models import Q

from famille.models import Enfant, Famille
from famille.noms import par_nom
from planning.inscriptions.candidats import Candidat
from planning.models import Inscription, Prestation, Reservation, jours_ouverts, lire_calendrier
from planning.mois.grille import Case, Colonne, Dossier, Grille, LigneBrute, dresser
from planning.mois.journees import JourneesDuMois, ranger_le_mois
from planning.places.restantes import Effectif, effectifs
from planning.regles.calendrier import Calendrier
from planning.regles.etats import SANS_RESERVATION, Presence
from planning.regles.jours import bornes_du_mois, jours_entre
from planning.regles.legende import Statut


@dataclass(frozen=True)
class JourDuMois:
    """The head and the foot of a column."""

    colonne: Colonne
    effectif: Effectif
    presents: int


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
        comptes = effectifs({self.prestation.pk: self._montres})
        return [
            JourDuMois(colonne, self._effectif(comptes, colonne.jour), self._presents(colonne.jour))
            for colonne in self.grille.colonnes
            if colonne.jour in self._montres
        ]

    @cached_property
    def lignes(self) -> list[LigneDuMois]:
        """The children of whom something is known this month."""
        montres = [colonne.jour in self._montres for colonne in self.grille.colonnes]
        lignes = ((ligne, tuple(compress(ligne.cases, montres))) for ligne in self.grille.lignes)
        return [
            LigneDuMois(ligne.titre, ligne.sous_titre, cases)
            for ligne, cases in lignes
            if any(case.etat not in SANS_RESERVATION or case.affichage.marque for case in cases)
        ]

    @property
    def sans_reservation(self) -> int:
        """Children enrolled for nothing, this month."""
        return len(self._par_enfant) - len(self.lignes)

    @cached_property
    def legende(self) -> list[Statut]:
        montres = {case.affichage for ligne in self.lignes for case in ligne.cases}
        presents = {statut for affichage in montres for statut in (affichage.statut, affichage.marque)}
        return [statut for statut in Statut if statut in presents]

    @cached_property
    def grille(self) -> Grille:
        """The parents' grid, a row for each child who may come: no pattern, no day of its own, and there is nothing to
        say. Nor is there of a closed day on which nobody came: it has no column."""
        brutes = self._brutes()
        parlent = set(self._ouverts).union(*(brute.journees for brute in brutes))
        muets = {jour for jour in jours_entre(self.premier, self.dernier) if jour not in parlent}
        return dresser(self.annee, self.mois, brutes, self._calendrier.feries, self.aujourd_hui, sauf=muets)

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

    def _effectif(self, comptes: dict[tuple[int, date], Effectif], jour: date) -> Effectif:
        effectif = comptes[self.prestation.pk, jour]
        return effectif if jour in self._ouverts else effectif.un_jour_ferme

    def _presents(self, jour: date) -> int:
        venus = {Statut.PRESENT_RESERVE, Statut.PRESENT_SANS_RESERVATION}
        return sum(ligne.case(jour).affichage.marque in venus for ligne in self.grille.lignes)

    @cached_property
    def _inscriptions(self) -> list[Inscription]:
        inscriptions = list(
            Inscription.objects.entre(self.premier, self.dernier)
            .filter(prestation=self.prestation)
            .select_related("enfant__ecole", "famille")
            .order_by(*par_nom("enfant__"), "enfant", "famille", "du")
        )
        for inscription in inscriptions:
            inscription.prestation = self.prestation
        return inscriptions

    @cached_property
    def _par_enfant(self) -> dict[tuple[Enfant, Famille], list[Inscription]]:
        """Of a child who comes on behalf of two familles, two rows."""
        suites = groupby(self._inscriptions, attrgetter("enfant", "famille"))
        return {qui: list(suite) for qui, suite in suites}

    def _brutes(self) -> list[LigneBrute]:
        journees = self._journees()
        lignes = []
        for (enfant, famille), inscriptions in self._par_enfant.items():
            siennes = journees.de(une.pk for une in inscriptions)
            if not siennes and not any(une.rythme.jours for une in inscriptions):
                continue
            lignes.append(
                LigneBrute(
                    cle=enfant.pk,
                    titre=f"{enfant.nom} {enfant.prenom}",
                    sous_titre=Candidat(enfant, famille).ou,
                    dossiers=tuple(Dossier(une.pk, une.regles_du_jour(self._calendrier)) for une in inscriptions),
                    journees=siennes,
                    doubles=journees.doubles,
                )
            )
        return lignes

    def _journees(self) -> JourneesDuMois:
        """Presences elsewhere count too: two at once are an error.

        All are of the children of this month: said so, PostgreSQL reads theirs, not the whole town's month.
        """
        enfants = {inscription.enfant_id for inscription in self._inscriptions}
        a_voir = Q(prestation=self.prestation) | Q(presence=Presence.PRESENT)
        des_enfants = Reservation.objects.entre(self.premier, self.dernier).filter(
            a_voir, inscription__enfant__in=enfants
        )
        return ranger_le_mois(des_enfants.avec_horaires())
