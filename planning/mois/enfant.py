"""A child's month, as one famille sees it: three queries, then the pure grid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from itertools import combinations, groupby
from operator import attrgetter

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone

from famille.models import Enfant, Famille, QuotientFamilial, Responsable
from planning.models import Inscription, Reservation, lire_calendrier
from planning.models.inscription import InscriptionQuerySet
from planning.mois.grille import Dossier, Grille, JourneeBrute, LigneBrute, dresser
from planning.regles.calendrier import Calendrier
from planning.regles.etats import Etat, Presence
from planning.regles.jours import bornes_du_mois

# The one who pays for an inscription: their name, and where they live.
_TITULAIRE = Responsable.objects.filter(famille=OuterRef("famille"), role=Responsable.Role.TITULAIRE).order_by()
TITULAIRE = Subquery(_TITULAIRE.values(dit=Concat("nom", Value(" "), "prenom")))
VILLE = Subquery(_TITULAIRE.values("ville"))


def qf_au(jour: date) -> Subquery:
    """The payer's QF in force on that day, or NULL."""
    connus = QuotientFamilial.objects.filter(famille=OuterRef("famille"), date_effet__lte=jour)
    return Subquery(connus.order_by("-date_effet").values("valeur")[:1])


@dataclass(frozen=True, slots=True)
class Ligne:
    """A réservation row of the month, of any famille of the child."""

    inscription: int
    jour: date
    etat: str
    presence: str
    arrivee: time | None
    depart: time | None
    ouvre: time
    ferme: time

    def chevauche(self, autre: "Ligne") -> bool:
        """Present at the same time. The hours are those of the prestation where nobody noted any."""
        return (self.arrivee or self.ouvre) < (autre.depart or autre.ferme) and (autre.arrivee or autre.ouvre) < (
            self.depart or self.ferme
        )


class MoisEnfant:
    """Everything that the month page of a child needs. Only what that famille booked and pays is shown."""

    def __init__(self, enfant: Enfant, famille: Famille, annee: int, mois: int) -> None:
        self.enfant, self.famille, self.annee, self.mois = enfant, famille, annee, mois
        self.premier, self.dernier = bornes_du_mois(annee, mois)

    @cached_property
    def inscriptions(self) -> list[Inscription]:
        """Those in force this month, in the order of the structures and prestations."""
        ordre = ["prestation__structure__ordre", "prestation__structure__nom", "prestation__ordre", "prestation__nom"]
        return list(self._en_vigueur().order_by(*ordre, "prestation", "du"))

    @property
    def jour_du_prix(self) -> date:
        """The day whose QF counts."""
        return self.dernier

    @property
    def qf_est_inconnu(self) -> bool:
        """Nobody has told the centre the famille's QF: the top bracket applies."""
        return any(inscription.qf is None for inscription in self.inscriptions)

    @cached_property
    def calendrier(self) -> Calendrier:
        return lire_calendrier(self.premier, self.dernier)

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
                    structure=prestation.structure.nom,
                    prestation=prestation.nom,
                    # The payer, as the guide writes it: « DUPONT JEAN ».
                    responsable=inscriptions[0].payeur.upper(),
                    dossiers=tuple(Dossier(une.pk, une.regles_du_jour(self.calendrier)) for une in inscriptions),
                    journees={j: brute for une in inscriptions for j, brute in journees.get(une.pk, {}).items()},
                )
            )
        return lignes

    def _en_vigueur(self) -> InscriptionQuerySet:
        en_vigueur = Inscription.objects.entre(self.premier, self.dernier)
        du_foyer = en_vigueur.filter(enfant=self.enfant, famille=self.famille)
        return du_foyer.select_related("prestation__structure", "enfant").annotate(
            payeur=Coalesce(TITULAIRE, Value("")), ville=Coalesce(VILLE, Value("")), qf=qf_au(self.jour_du_prix)
        )

    def _journees(self) -> dict[int, dict[date, JourneeBrute]]:
        lignes = self._lignes()
        doubles = set(presences_simultanees(ligne for ligne in lignes if ligne.presence == Presence.PRESENT))
        journees: dict[int, dict[date, JourneeBrute]] = {}
        for ligne in lignes:
            journees.setdefault(ligne.inscription, {})[ligne.jour] = JourneeBrute(
                Etat(ligne.etat), Presence(ligne.presence), ligne.arrivee, ligne.depart, chevauche=ligne in doubles
            )
        return journees

    def _lignes(self) -> list[Ligne]:
        # Of every famille of the child: two presences at once are an error, wherever they come from.
        mois = Reservation.objects.entre(self.premier, self.dernier).filter(inscription__enfant=self.enfant)
        colonnes = ("inscription_id", "jour", "etat", "presence", "arrivee", "depart")
        heures = (F("prestation__heure_debut"), F("prestation__heure_fin"))
        return [Ligne(*ligne) for ligne in mois.order_by().values_list(*colonnes, *heures)]


def presences_simultanees(presences: Iterable[Ligne]) -> Iterable[Ligne]:
    """Those that overlap another one of the same day."""
    par_jour: dict[date, list[Ligne]] = {}
    for presence in presences:
        par_jour.setdefault(presence.jour, []).append(presence)
    for du_jour in par_jour.values():
        for une, autre in combinations(du_jour, 2):
            if une.chevauche(autre):
                yield une
                yield autre
