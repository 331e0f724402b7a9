"""The next days of all the children of a famille: what is booked, asked for or régulier. For accueil: one query,
calendar included, whatever the number of children. It says of each day what the month says.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import connection

from famille.models import Famille
from planning.journees.journee import COLONNES, Journee
from planning.regles.affichage import Affichage, afficher
from planning.regles.calendrier import Faits
from planning.regles.etats import OCCUPENT, Etat
from planning.regles.horaires import Horaires
from planning.regles.jours import Jours, Periode, jours_entre
from planning.regles.legende import FONDS, Statut

# By inscription: no row of another famille is read.
PROCHAINES = f"""
    SELECT {", ".join(COLONNES)}, j.par_rythme, j.a_regulariser, f.periode, f.ferie, f.ferme, f.ouverts,
           p.nom, p.heure_debut, p.heure_fin
    FROM planning_journees(%(jours)s::date[]) AS j
    JOIN planning_prestation p ON p.id = j.prestation_id
    CROSS JOIN LATERAL planning_faits(
        j.jour, p.structure_id, p.jours_scolaires, p.jours_petites_vacances, p.jours_grandes_vacances,
        p.inactive_depuis) AS f
    WHERE j.inscription_id = ANY(ARRAY(SELECT i.id FROM planning_inscription i WHERE i.famille_id = %(famille)s))
      AND (p.inactive_depuis IS NULL OR j.jour < p.inactive_depuis)
    ORDER BY j.jour, p.heure_debut, p.nom, p.id
"""
# What goes without saying: the child is expected.
ATTENDUS = frozenset({Statut.RESERVE, Statut.REGULIER})


@dataclass(frozen=True, slots=True)
class RendezVous:
    """A journée to come, in the words of the legend. `prestation`: its name."""

    journee: Journee
    prestation: str
    affichage: Affichage

    @property
    def va_de_soi(self) -> bool:
        """Booked: nothing more to say than the prestation."""
        return self.affichage.statut in ATTENDUS


def prochains_jours(famille: Famille, *, du: date, nombre: int) -> dict[int, dict[date, list[RendezVous]]]:
    """`{enfant: {jour: rendez-vous}}`, days and hours in order. A day without anything is absent."""
    par_enfant: dict[int, dict[date, list[RendezVous]]] = {}
    for prevu in _lire(famille, list(jours_entre(du, du + timedelta(days=nombre - 1)))):
        par_enfant.setdefault(prevu.journee.enfant, {}).setdefault(prevu.journee.jour, []).append(prevu)
    return par_enfant


def _lire(famille: Famille, jours: list[date]) -> Iterator[RendezVous]:
    with connection.cursor() as curseur:
        curseur.execute(PROCHAINES, {"famille": famille.pk, "jours": jours})
        lignes = curseur.fetchall()
    for ligne in lignes:
        journee, reste = Journee.lire(ligne[: len(COLONNES)]), ligne[len(COLONNES) :]
        if prevu := _dire(journee, *reste):
            yield prevu


def _dire(
    journee: Journee,
    par_rythme: bool,
    a_regulariser: bool,
    periode: str,
    ferie: bool,
    ferme: bool,
    ouverts: int,
    prestation: str,
    debut: time,
    fin: time,
) -> RendezVous | None:
    faits = Faits(
        periode=Periode(periode),
        ferie=ferie,
        ferme=ferme,
        ouvert=Jours(ouverts).comprend(journee.jour),
        servie=bool(ouverts),
        # An error to the agents only: the famille reads that its child came.
        inscrit=not a_regulariser or journee.est_presente,
        hors_horaire=Horaires(debut, fin).sont_depasses(journee.arrivee, journee.depart),
    )
    etat = Etat.AUCUN if par_rythme else journee.etat
    affichage = afficher(etat, journee.presence, faits, regulier=par_rythme)
    # A holiday of the pattern is no news; one on a booked day is.
    if affichage.statut and (affichage.statut not in FONDS or etat in OCCUPENT):
        return RendezVous(journee, prestation, affichage)
    return None
