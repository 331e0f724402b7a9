"""The next days of all the children of a famille: one query, and the words of the month."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from planning.journees.prochaines import prochains_jours
from planning.models import Fermeture, Inscription, Vacances
from planning.mois.enfant import MoisEnfant
from planning.regles.etats import Presence
from planning.regles.jours import SEMAINE, Jours, jours_entre
from planning.regles.legende import FONDS
from tests import fabriques

RENTREE = date(2014, 9, 1)
JEUDI, MARDI, MERCREDI = date(2015, 4, 2), date(2015, 4, 7), date(2015, 4, 8)

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


def inscrire(foyer, prestation, agent, rang=0, **options) -> Inscription:
    return Inscription.objects.inscrire(
        foyer.enfants[rang], prestation, foyer.famille, du=RENTREE, par=agent, **options
    )


def dits(foyer, du=JEUDI, nombre=7, rang=0) -> list[tuple[date, list[tuple[str, str]]]]:
    prevus = prochains_jours(foyer.famille, du=du, nombre=nombre).get(foyer.enfants[rang].pk, {})
    return [(jour, [(j.prestation, j.affichage.libelle) for j in journees]) for jour, journees in prevus.items()]


def test_ce_qui_est_reserve_demande_et_regulier_dans_l_ordre_des_jours_et_des_heures(dupont, mercredi, garderie, agent):
    inscrire(dupont, garderie, agent, jours=Jours.MERCREDI | Jours.JEUDI)
    alsh = inscrire(dupont, mercredi, agent)
    alsh.demander([MERCREDI], par=dupont.compte)
    assert dits(dupont) == [
        (JEUDI, [("Garderie matin", "régulier")]),
        (MERCREDI, [("Garderie matin", "régulier"), ("ALSH Mercredi journée", "demande en attente")]),
    ]
    prevus = prochains_jours(dupont.famille, du=JEUDI, nombre=7)[dupont.enfants[0].pk]
    assert [prevu.va_de_soi for prevu in prevus[MERCREDI]] == [True, False]


def test_un_jour_regulier_ferie_ou_en_vacances_ne_dit_rien(dupont, garderie, agent):
    inscrire(dupont, garderie, agent, jours=SEMAINE)
    # Easter Monday, then the holidays, from the 11th.
    assert [jour for jour, _ in dits(dupont, du=date(2015, 4, 3), nombre=14)] == [
        date(2015, 4, n) for n in (3, 7, 8, 9, 10)
    ]


def test_une_reservation_que_la_structure_n_accueille_plus_est_montree_fermee(dupont, mercredi, agent):
    inscrire(dupont, mercredi, agent).reserver([MERCREDI], par=agent)
    Fermeture.objects.create(structure=mercredi.structure, du=MERCREDI, au=MERCREDI, motif="travaux")
    assert dits(dupont) == [(MERCREDI, [("ALSH Mercredi journée", "fermeture")])]


def test_une_fermeture_d_une_autre_structure_ne_change_rien(dupont, mercredi, garderie, agent):
    inscrire(dupont, mercredi, agent).reserver([MERCREDI], par=agent)
    Fermeture.objects.create(structure=garderie.structure, du=MERCREDI, au=MERCREDI, motif="travaux")
    assert dits(dupont) == [(MERCREDI, [("ALSH Mercredi journée", "réservé")])]


def test_inscrit_n_est_pas_reserve(dupont, mercredi, agent):
    inscrire(dupont, mercredi, agent)
    assert prochains_jours(dupont.famille, du=JEUDI, nombre=7) == {}


def test_chaque_famille_ne_voit_que_ce_qu_elle_a_reserve(dupont, martin, mercredi, garderie, agent):
    """Garde alternée: Léa is at the MARTINs' too, with bookings of their own."""
    lea = dupont.enfants[0]
    fabriques.RattachementFactory(enfant=lea, famille=martin.famille)
    inscrire(dupont, mercredi, agent).reserver([MERCREDI], par=agent)
    des_martin = Inscription.objects.inscrire(lea, garderie, martin.famille, du=RENTREE, par=agent)
    des_martin.reserver([MARDI], par=agent)
    assert dits(dupont) == [(MERCREDI, [("ALSH Mercredi journée", "réservé")])]
    prevus = prochains_jours(martin.famille, du=JEUDI, nombre=7)
    assert {enfant: list(jours) for enfant, jours in prevus.items()} == {lea.pk: [MARDI]}


def test_les_memes_mots_que_le_mois(dupont, mercredi, apres_midi, vacances, garderie, agent, jeudi_2_avril):
    """From the 2nd to the 30th: pattern one week in two, absences, presence, overlapping holidays, closures."""
    regulier = inscrire(dupont, garderie, agent, jours=SEMAINE, parite=1)
    regulier.demander_absence([date(2015, 4, 9)], par=dupont.compte)
    alsh = inscrire(dupont, mercredi, agent)
    alsh.reserver([MERCREDI], par=agent)[0].demander_absence(par=agent)
    inscrire(dupont, vacances, agent).reserver([date(2015, 4, n) for n in (13, 14, 15)], par=agent)
    inscrire(dupont, apres_midi, agent).demander([date(2015, 4, 29)], par=dupont.compte)
    Vacances.objects.create(
        nom="Été en avance", genre=Vacances.Genre.GRANDES, du=date(2015, 4, 24), au=date(2015, 4, 28)
    )
    Fermeture.objects.create(du=date(2015, 4, 14), au=date(2015, 4, 14), motif="inventaire")
    jeudi_2_avril.move_to("2015-04-10T18:00:00+02:00")
    regulier.journee(date(2015, 4, 10)).pointer(Presence.ABSENT, par=agent)
    grille = MoisEnfant(dupont.enfants[0], dupont.famille, 2015, 4).grille
    inventaire = (vacances.pk, date(2015, 4, 14))
    attendus = {
        (ligne.titre, case.jour, case.affichage)
        for ligne in grille.lignes
        for case in ligne.cases[1:]
        if not case.est_vide and (case.affichage.statut not in FONDS or (ligne.cle, case.jour) == inventaire)
    }
    prevus = prochains_jours(dupont.famille, du=JEUDI, nombre=29)[dupont.enfants[0].pk]
    assert {(j.prestation, j.journee.jour, j.affichage) for journees in prevus.values() for j in journees} == attendus
    assert len(attendus) == 9


def test_une_seule_requete_quel_que_soit_le_nombre_d_enfants(dupont, mercredi, garderie, agent):
    for rang in range(6):
        if rang:
            dupont.enfants.append(fabriques.EnfantFactory(famille=dupont.famille))
        inscrire(dupont, garderie, agent, rang=rang, jours=SEMAINE)
    with CaptureQueriesContext(connection) as requetes:
        prevus = prochains_jours(dupont.famille, du=JEUDI, nombre=7)
    assert len(requetes) == 1
    jours = [j for j in jours_entre(JEUDI, JEUDI + timedelta(days=6)) if j.weekday() < 5 and j != date(2015, 4, 6)]
    assert {enfant: list(des_jours) for enfant, des_jours in prevus.items()} == {e.pk: jours for e in dupont.enfants}
