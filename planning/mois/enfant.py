"""A child's month, as one famille sees it: three queries, then the pure grid."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from django.utils import timezone

from famille.models import Enfant, Famille
from planning.erreurs import DossierIncomplet
from planning.models import Inscription, Reservation, lire_calendrier
from planning.models.jours_pris.manques import lire_les_pieces
from planning.mois.grille import Ailleurs, Dossier, Grille, LigneBrute, dresser
from planning.mois.journees import JourneesDuMois, ranger_le_mois
from planning.places.restantes import effectifs
from planning.regles.calendrier import Calendrier
from planning.regles.jours import bornes_du_mois, jours_entre
from planning.regles.refus import ReglesDuJour
from socle.requetes.preparee import Preparee, inconnue

INSCRIPTIONS = Preparee(
    lambda: (
        Inscription.objects.entre(inconnue("du"), inconnue("au"))
        .ouvertes(inconnue("du"))
        .filter(enfant=inconnue("enfant"))
        .select_related("prestation__structure")
        .avec_payeur(inconnue("jour_du_prix"))
        .avec_manques(inconnue("aujourd_hui"))
        .order_by("prestation", "prestation_id", "du")
    )
)
RESERVATIONS = Preparee(
    lambda: (
        Reservation.objects.entre(inconnue("du"), inconnue("au"))
        .filter(inscription__enfant=inconnue("enfant"))
        .avec_horaires()
    )
)


class MoisEnfant:
    """Everything that the month page of a child needs. Only what that famille booked and pays is shown."""

    def __init__(self, enfant: Enfant, famille: Famille, annee: int, mois: int) -> None:
        self.enfant, self.famille, self.annee, self.mois = enfant, famille, annee, mois
        self.premier, self.dernier = bornes_du_mois(annee, mois)

    @cached_property
    def inscriptions(self) -> list[Inscription]:
        """The famille's own, in force this month, in the order of the structures and prestations."""
        return [inscription for inscription in self._de_l_enfant if inscription.famille_id == self.famille.pk]

    @property
    def est_inscrit_par_l_autre_foyer(self) -> bool:
        """Only that: what the other famille has booked is its own business."""
        return any(not autre.a_regulariser for autre in self._de_l_enfant if autre.famille_id != self.famille.pk)

    @property
    def jour_du_prix(self) -> date:
        """The day whose QF counts."""
        return self.dernier

    @property
    def a_faire_d_abord(self) -> DossierIncomplet | None:
        """What the centre wants of the record before it books anything for that child."""
        refus = (une.manques.refus(pour_agent=False) for une in self.inscriptions)
        return next(filter(None, refus), None)

    @property
    def qf_est_inconnu(self) -> bool:
        """Nobody has told the centre the famille's QF: the top bracket applies."""
        return any(inscription.qf is None for inscription in self.inscriptions)

    @cached_property
    def calendrier(self) -> Calendrier:
        return lire_calendrier(self.premier, self.dernier)

    def jours_complets(self) -> set[tuple[int, date]]:
        """Prestations and days to come without a place left. One query, none of a month that is past."""
        debut = max(self.premier, timezone.localdate())
        jours = list(jours_entre(debut, self.dernier))
        prestations = {inscription.prestation_id for inscription in self.inscriptions}
        comptes = effectifs(dict.fromkeys(prestations, jours)) if jours else {}
        return {couple for couple, effectif in comptes.items() if effectif.est_complet}

    @cached_property
    def grille(self) -> Grille:
        return self.dresser(self.lignes_brutes())

    def dresser(self, brutes: list[LigneBrute]) -> Grille:
        """The pure part."""
        return dresser(self.annee, self.mois, brutes, self.calendrier.feries, timezone.localdate())

    def lignes_brutes(self) -> list[LigneBrute]:
        """A row a prestation, even where several inscriptions follow one another."""
        journees = self._journees()
        lignes = []
        for prestation, suite in groupby(self.inscriptions, attrgetter("prestation")):
            inscriptions = list(suite)
            lignes.append(
                LigneBrute(
                    cle=prestation.pk,
                    titre=prestation.nom,
                    sous_titre=prestation.structure.nom,
                    # The payer, as the guide writes it: « DUPONT JEAN ».
                    responsable=inscriptions[0].payeur.upper(),
                    dossiers=tuple(Dossier(une.pk, self._regles[une.pk]) for une in inscriptions),
                    journees=journees.de(une.pk for une in inscriptions),
                    doubles=journees.doubles,
                    pour_la_famille=True,
                    ailleurs=tuple(self._ailleurs(inscriptions, journees)),
                )
            )
        return lignes

    @cached_property
    def _de_l_enfant(self) -> list[Inscription]:
        """By whatever famille: the child is in one place at a time. One query."""
        siennes = INSCRIPTIONS.lire(
            enfant=self.enfant.pk,
            du=self.premier,
            au=self.dernier,
            jour_du_prix=self.jour_du_prix,
            aujourd_hui=timezone.localdate(),
        )
        for inscription in siennes:
            inscription.enfant = self.enfant
        lire_les_pieces(une for une in siennes if une.famille_id == self.famille.pk)
        return siennes

    @cached_property
    def _regles(self) -> dict[int, ReglesDuJour]:
        """Of each inscription of the child: its row asks for them, and each row at the same hours."""
        return {une.pk: une.regles_du_jour(self.calendrier) for une in self._de_l_enfant}

    def _ailleurs(self, inscriptions: list[Inscription], journees: JourneesDuMois) -> Iterator[Ailleurs]:
        """The other activities at the hours of a row."""
        siennes = {une.pk for une in inscriptions}
        horaires = self._regles[inscriptions[0].pk].inscription.prestation.horaires
        for autre in self._de_l_enfant:
            regles = self._regles[autre.pk]
            if autre.pk not in siennes and regles.inscription.prestation.horaires.chevauchent(horaires):
                nom = autre.prestation.nom if autre.famille_id == self.famille.pk else ""
                yield Ailleurs(regles, journees.de([autre.pk]), nom)

    def _journees(self) -> JourneesDuMois:
        # Of every famille of the child: two presences at once are an error, wherever they come from.
        return ranger_le_mois(RESERVATIONS.lire(enfant=self.enfant.pk, du=self.premier, au=self.dernier))
