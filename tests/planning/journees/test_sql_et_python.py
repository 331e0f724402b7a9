"""The effective day is defined twice, in SQL and in Python: over a year drawn at random, they say the same."""

from datetime import date, time, timedelta
from random import Random

import pytest
from django.db import connection

from planning.journees.journee import COLONNES, Journee
from planning.models import (
    Fermeture,
    Inscription,
    JourFerie,
    Prestation,
    Reservation,
    Structure,
    Vacances,
    jours_ouverts,
    lire_calendrier,
)
from planning.places.restantes import effectifs
from planning.regles.etats import ACQUISES, EN_ATTENTE, OCCUPENT, Etat, Presence
from planning.regles.jours import Jours, jours_entre
from tests import fabriques

RENTREE, FIN = date(2014, 9, 1), date(2015, 7, 31)
JOURS = list(jours_entre(RENTREE, FIN))
STABLES = sorted(set(Etat) - EN_ATTENTE)


@pytest.fixture
def prestations(db) -> list[Prestation]:
    chance = Random(1)
    structures = [Structure.objects.create(nom=nom) for nom in ("Accueil de Loisirs", "Garderie")]
    return [
        Prestation.objects.create(
            structure=structures[numero % 2],
            nom=f"Prestation {numero}",
            jours_scolaires=Jours(chance.randrange(128)),
            jours_petites_vacances=Jours(chance.randrange(128)),
            jours_grandes_vacances=Jours(chance.randrange(128)),
            # One of them ends in the middle of the year.
            inactive_depuis=date(2015, 3, 2) if numero == 2 else None,
            heure_debut=time(8),
            heure_fin=time(17),
        )
        for numero in range(4)
    ]


@pytest.fixture
def annee(prestations) -> None:
    """Holidays that overlap, public holidays of which one is worked, closures of one structure and of all."""
    genres = Vacances.Genre
    for du, au, genre in [
        (date(2014, 10, 18), date(2014, 11, 2), genres.PETITES),
        (date(2014, 10, 25), date(2014, 10, 28), genres.GRANDES),
        (date(2015, 7, 4), date(2015, 8, 31), genres.GRANDES),
    ]:
        Vacances.objects.create(nom="Vacances", du=du, au=au, genre=genre)
    JourFerie.objects.create(jour=date(2014, 11, 11), nom="11 novembre")
    JourFerie.objects.create(jour=date(2015, 5, 25), nom="Lundi de Pentecôte", travaille=True)
    Fermeture.objects.create(
        du=date(2015, 1, 5), au=date(2015, 1, 16), motif="travaux", structure=Structure.objects.first()
    )
    Fermeture.objects.create(du=date(2015, 5, 14), au=date(2015, 5, 15), motif="pont")


@pytest.fixture
def inscriptions(annee, prestations) -> list[Inscription]:
    """With and without a pattern, one week in two, short, made at the roll; each with rows in any state."""
    chance = Random(2)
    inscriptions = []
    for numero in range(24):
        famille = fabriques.FamilleFactory()
        du = RENTREE + timedelta(days=chance.randrange(100))
        a_regulariser = numero % 8 == 7
        inscription = Inscription.objects.create(
            enfant=fabriques.EnfantFactory(famille=famille),
            famille=famille,
            prestation=prestations[numero % 4],
            du=du,
            au=chance.choice([None, du + timedelta(days=chance.randrange(150))]),
            jours=Jours(chance.choice([0, chance.randrange(128)])),
            parite=chance.choice([None, 0, 1]),
            a_regulariser=a_regulariser,
        )
        couverts = [jour for jour in JOURS if inscription.couvre(jour)]
        Reservation.objects.bulk_create(
            Reservation(
                inscription=inscription,
                jour=jour,
                etat=chance.choice(STABLES),
                motif="dit",
                presence=chance.choice(Presence.values),
            )
            for jour in chance.sample(couverts, min(40, len(couverts)))
        )
        inscriptions.append(inscription)
    return inscriptions


def en_sql(sql: str, *parametres: object) -> list[tuple]:
    with connection.cursor() as curseur:
        curseur.execute(sql, parametres)
        return curseur.fetchall()


def test_les_faits_d_un_jour(annee, prestations):
    calendrier = lire_calendrier(RENTREE, FIN)
    for prestation in prestations:
        ouverture = prestation.ouverture
        lus = en_sql(
            "SELECT j, f.* FROM unnest(%s::date[]) AS j, LATERAL planning_faits("
            "j, %s, %s::smallint, %s::smallint, %s::smallint, %s) AS f ORDER BY j",
            JOURS,
            prestation.structure_id,
            *map(int, (ouverture.scolaire, ouverture.petites_vacances, ouverture.grandes_vacances)),
            ouverture.inactive_depuis,
        )
        attendus = []
        for jour in JOURS:
            faits = calendrier.faits(jour, prestation.structure_id, ouverture)
            jours = int(ouverture.le(jour, faits.periode))
            attendus.append((jour, faits.periode, faits.ferie, faits.ferme, jours, faits.accueille))
        assert lus == attendus


def test_l_etat_d_un_jour_ouvert(inscriptions):
    """The row and the pattern put together, on the days when children come."""
    lues = en_sql(f"SELECT {', '.join(COLONNES)} FROM planning_journees(%s::date[])", JOURS)
    par_sql = {(journee.inscription, journee.jour): journee for journee in map(Journee.lire, lues)}
    calendrier = lire_calendrier(RENTREE, FIN)
    ouverts = jours_ouverts([i.prestation for i in inscriptions], RENTREE, FIN, calendrier)
    assert len(par_sql) == len(lues)
    for inscription in inscriptions:
        couverts = [jour for jour in ouverts[inscription.prestation_id] if inscription.couvre(jour)]
        for journee in inscription.journees(couverts, calendrier):
            lue = par_sql.get((inscription.pk, journee.jour))
            if journee.pk is None and journee.etat == Etat.AUCUN:
                assert lue is None
            else:
                assert lue == journee.journee


def test_ce_que_dit_le_rythme_seul_est_marque(inscriptions):
    lues = en_sql("SELECT inscription_id, jour, etat, par_rythme FROM planning_journees(%s::date[])", JOURS)
    dites = set(Reservation.objects.exclude(etat=Etat.AUCUN).values_list("inscription", "jour"))
    assert {etat for *_, etat, par_rythme in lues if par_rythme} == {Etat.REGULIERE}
    assert {(inscription, jour) for inscription, jour, _, par_rythme in lues if not par_rythme} >= dites
    assert not {(inscription, jour) for inscription, jour, _, par_rythme in lues if par_rythme} & dites


def test_l_effectif_d_un_jour_est_le_nombre_de_ses_enfants(inscriptions, prestations):
    calendrier = lire_calendrier(RENTREE, FIN)
    ouverts = jours_ouverts(prestations, RENTREE, FIN, calendrier)
    attendus = dict.fromkeys(((cle, jour) for cle, jours in ouverts.items() for jour in jours), 0)
    for inscription in inscriptions:
        couverts = [jour for jour in ouverts[inscription.prestation_id] if inscription.couvre(jour)]
        for journee in inscription.journees(couverts, calendrier):
            attendus[inscription.prestation_id, journee.jour] += journee.etat in OCCUPENT
    assert {couple: effectif.attendus for couple, effectif in effectifs(ouverts).items()} == attendus
    assert max(attendus.values()) > 2


def test_les_jours_pris_ailleurs_sont_ceux_ou_l_enfant_est_attendu(inscriptions, prestations):
    """One by one through Python, all at once through SQL; whatever the calendar of the other structure, as long as the
    other prestation exists."""
    calendrier = lire_calendrier(RENTREE, FIN)
    for autre in inscriptions:
        ici = Inscription.objects.create(
            enfant=autre.enfant,
            famille=autre.famille,
            prestation=prestations[(prestations.index(autre.prestation) + 1) % 4],
            du=RENTREE,
        )
        pris = {j.jour for j in autre.journees(filter(autre.couvre, JOURS), calendrier) if j.etat in OCCUPENT}
        pris = {jour for jour in pris if not autre.prestation.ouverture.est_inactive(jour)}
        assert ici.jours_pris_ailleurs(JOURS) == pris
    assert set(Reservation.objects.values_list("etat", flat=True)) >= ACQUISES
