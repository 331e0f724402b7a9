"""Headcounts: what is booked, what waits, places, ages, and the animateurs that it takes."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from famille.models import Enfant
from famille.naissance import age
from planning.effectifs.table import TableDesEffectifs
from planning.models import Encadrement
from planning.regles.encadrement.taux import GRAND_A_PARTIR_DE, Nombre, Taux
from planning.regles.jours import Jours
from tests.planning.places.outils import MERCREDI, inscrire

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")
LUNDI, DIMANCHE = date(2015, 4, 6), date(2015, 4, 12)


def case(prestation, jour=MERCREDI):
    table = TableDesEffectifs(jour, jour)
    return next(case for case in table.cases if case.prestation == prestation)


def test_reserves_en_attente_places_et_ages(mercredi, agent):
    petit, grand, en_attente = inscrire(mercredi, 3, agent)
    Enfant.objects.filter(pk=petit.enfant_id).update(date_naissance=date(2010, 1, 1))
    for inscription in (petit, grand):
        inscription.reserver([MERCREDI], par=agent)
    en_attente.demander([MERCREDI], par=agent)
    vue = case(mercredi)
    assert (vue.reserves, vue.demandes) == (Nombre(1, 1), Nombre(0, 1))
    assert (vue.effectif.attendus, vue.effectif.places, vue.effectif.est_complet) == (3, 3, True)
    assert vue.animateurs == 2


def test_qui_a_six_ans_ce_jour_la_est_des_grands(mercredi, agent):
    veille, le_jour = inscrire(mercredi, 2, agent, jours=Jours.MERCREDI)
    Enfant.objects.filter(pk=veille.enfant_id).update(date_naissance=date(2009, 4, 9))
    Enfant.objects.filter(pk=le_jour.enfant_id).update(date_naissance=date(2009, 4, 8))
    assert case(mercredi).reserves == Nombre(1, 1)


@pytest.mark.parametrize("naissance", [date(2008, 2, 29), date(2008, 2, 28), date(2008, 3, 1), date(2009, 12, 31)])
@pytest.mark.parametrize("jour", [date(2014, 2, 27), date(2014, 2, 28), date(2014, 3, 1), date(2015, 12, 31)])
def test_l_age_de_postgresql_est_le_notre(db, naissance, jour):
    with connection.cursor() as curseur:
        curseur.execute("SELECT extract(year FROM age(%s::date, %s::date)) >= %s", [jour, naissance, GRAND_A_PARTIR_DE])
        assert curseur.fetchone()[0] == (age(naissance, jour) >= GRAND_A_PARTIR_DE)


def test_une_absence_decidee_ne_compte_plus_une_absence_demandee_compte_encore(mercredi, agent):
    excusee, facturee, demandee = inscrire(mercredi, 3, agent, jours=Jours.MERCREDI)
    excusee.journee(MERCREDI).excuser(par=agent)
    facturee.journee(MERCREDI).facturer_absence(par=agent)
    demandee.journee(MERCREDI).demander_absence(par=agent)
    vue = case(mercredi)
    assert vue.reserves.total == 1
    assert vue.effectif.attendus == 2  # a billed absence keeps its place, and needs nobody


def test_le_taux_de_la_structure_vaut_a_compter_de_sa_date(mercredi, agent):
    Encadrement.objects.create(structure=mercredi.structure, du=date(2015, 4, 29), pedt=True)
    Encadrement.objects.create(structure=mercredi.structure, du=date(2015, 5, 20), grands=5)
    assert case(mercredi).taux == Taux(8, 12)
    assert case(mercredi, date(2015, 4, 29)).taux == Taux(10, 14)
    assert case(mercredi, date(2015, 5, 20)).taux == Taux(8, 5)


def test_une_semaine_ne_montre_que_ses_jours_ouverts_et_ses_prestations_qui_ouvrent(mercredi, garderie, vacances):
    [semaine] = TableDesEffectifs(LUNDI, DIMANCHE).semaines
    # Easter Monday is closed; the week-end too, where holidays begin.
    assert semaine.jours == (date(2015, 4, 7), MERCREDI, date(2015, 4, 9), date(2015, 4, 10))
    assert [une.structure.nom for une in semaine.structures] == ["Accueil de Loisirs", "Garderie périscolaire"]
    [ligne] = semaine.structures[0].lignes
    assert [bool(une) for une in ligne.cases] == [False, True, False, False]
    assert semaine.structures[0].animateurs == (None, 0, None, None)


def test_cinq_lectures_quelle_que_soit_la_periode(mercredi, garderie, agent):
    def lectures(du, au):
        with CaptureQueriesContext(connection) as vues:
            list(TableDesEffectifs(du, au).cases)
        return len(vues)

    inscrire(mercredi, 3, agent, jours=Jours.MERCREDI)
    assert lectures(LUNDI, DIMANCHE) == lectures(date(2015, 3, 1), date(2015, 5, 31)) == 5
