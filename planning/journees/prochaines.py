"""The next days of all the children of a famille: what is booked, asked for or régulier. For accueil: one query,
calendar included, whatever the number of children. It says of each day what the month says.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from famille.models import Famille
from planning.mois.agenda import FONDS
from planning.regles.etats import OCCUPENT, Etat, Presence
from planning.regles.inscription import ReglesPrestation
from planning.regles.jours import Jours, Periode, jours_entre
from planning.regles.legende import Affichage, Faits, Statut, afficher
from planning.regles.ouverture import Ouverture

# The last period of holidays wins where two overlap, as in `Calendrier.depuis`.
PROCHAINS = """
    SELECT i.enfant_id, o.jour, p.nom, coalesce(r.etat, 'aucun'), coalesce(r.presence, ''), r.arrivee, r.depart,
           est.regulier, NOT i.a_regulariser,
           (SELECT v.genre FROM planning_vacances v
            WHERE o.jour BETWEEN v.du AND v.au ORDER BY v.du DESC LIMIT 1),
           EXISTS (SELECT FROM planning_jourferie f WHERE f.jour = o.jour AND NOT f.travaille),
           EXISTS (SELECT FROM planning_fermeture f WHERE o.jour BETWEEN f.du AND f.au
                   AND (f.structure_id IS NULL OR f.structure_id = p.structure_id)),
           p.structure_id, p.jours_scolaires, p.jours_petites_vacances, p.jours_grandes_vacances,
           p.heure_debut, p.heure_fin
    FROM unnest(%(jours)s::date[]) AS o(jour)
    JOIN planning_inscription i ON i.famille_id = %(famille)s
        AND i.du <= o.jour AND (i.au IS NULL OR i.au >= o.jour)
    JOIN planning_prestation p ON p.id = i.prestation_id
    CROSS JOIN LATERAL (
        SELECT i.jours <> 0 AND planning_est_regulier(i.jours, i.parite, o.jour) AS regulier
    ) AS est
    LEFT JOIN planning_reservation r ON r.inscription_id = i.id AND r.jour = o.jour
    WHERE r.id IS NOT NULL OR est.regulier
    ORDER BY o.jour, p.heure_debut, p.nom, p.id
"""
# What goes without saying: the child is expected.
ATTENDUS = frozenset({Statut.RESERVE, Statut.REGULIER})


@dataclass(frozen=True, slots=True)
class JourneePrevue:
    """A prestation of a child on a day to come, in the words of the legend."""

    enfant: int
    jour: date
    prestation: str
    affichage: Affichage

    @property
    def va_de_soi(self) -> bool:
        """Booked: nothing more to say than the prestation."""
        return self.affichage.statut in ATTENDUS


def prochains_jours(famille: Famille, *, du: date, nombre: int) -> dict[int, dict[date, list[JourneePrevue]]]:
    """`{enfant: {jour: journées}}`, days and hours in order. A day without anything is absent."""
    par_enfant: dict[int, dict[date, list[JourneePrevue]]] = {}
    for journee in _lire(famille, list(jours_entre(du, du + timedelta(days=nombre - 1)))):
        par_enfant.setdefault(journee.enfant, {}).setdefault(journee.jour, []).append(journee)
    return par_enfant


def _lire(famille: Famille, jours: list[date]) -> Iterator[JourneePrevue]:
    with connection.cursor() as curseur:
        curseur.execute(PROCHAINS, {"famille": famille.pk, "jours": jours})
        lignes = curseur.fetchall()
    for enfant, jour, prestation, etat, *reste in lignes:
        affichage = _affichage(jour, Etat(etat), *reste)
        # A holiday of the pattern is no news; one on a booked day is.
        if affichage.statut and (affichage.statut not in FONDS or etat in OCCUPENT):
            yield JourneePrevue(enfant, jour, prestation, affichage)


def _affichage(
    jour, etat, presence, arrivee, depart, regulier, inscrit, genre, ferie, ferme, structure, *ouverture_et_heures
) -> Affichage:
    *jours, debut, fin = ouverture_et_heures
    regles = ReglesPrestation(structure, Ouverture(*map(Jours, jours)), debut, fin)
    periode = Periode(genre or Periode.SCOLAIRE)
    ouverts = regles.ouverture.jours(periode)
    faits = Faits(
        periode=periode,
        ferie=ferie,
        ferme=ferme,
        ouvert=ouverts.comprend(jour),
        servie=bool(ouverts),
        inscrit=inscrit,
        hors_horaire=regles.est_hors_horaire(arrivee, depart),
    )
    return afficher(etat, Presence(presence), faits, regulier=regulier)
