"""The published calendar, imported by an agent: read first, line by line; written by whoever has read that."""

from datetime import date

import pytest
from django.urls import reverse

from messagerie.models import Fil
from planning.models import JourFerie, Vacances
from planning.models.calendrier import Source
from tests.planning.admin.outils import confirmer, phrases, question

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")
PAGE = reverse("admin:planning_vacances_importation")
UN_AN = {"depuis": "2014", "annees": "1", "zone": "A"}


@pytest.fixture(autouse=True)
def sans_calendrier(db) -> None:
    Vacances.objects.all().delete()
    JourFerie.objects.all().delete()


def test_ce_qui_est_nouveau_se_lit_avant_et_rien_n_est_ecrit(direction):
    lues = question(direction.post(PAGE, UN_AN))
    assert "Nouvelle période : Vacances de printemps, du 11/04/2015 au 26/04/2015, zone A." in lues
    assert "Nouveau jour férié : Lundi de Pâques, le 06/04/2015." in lues
    assert (Vacances.objects.count(), JourFerie.objects.count()) == (0, 0)


def test_confirme_le_calendrier_est_la_et_il_n_y_a_plus_rien_a_importer(direction):
    reponse = confirmer(direction, direction.post(PAGE, UN_AN))
    assert phrases(reponse) == ["Le calendrier est importé."]
    assert Vacances.objects.filter(nom="Vacances de printemps", source=Source.IMPORT).count() == 1
    avant = list(Vacances.objects.values_list()), list(JourFerie.objects.values_list())
    assert "Rien à importer : le calendrier est à jour." in phrases(direction.post(PAGE, UN_AN))
    assert (list(Vacances.objects.values_list()), list(JourFerie.objects.values_list())) == avant


def test_ce_qui_change_et_ce_qui_disparait_se_lit(direction):
    confirmer(direction, direction.post(PAGE, UN_AN))
    Vacances.objects.filter(nom="Vacances de printemps").update(au=date(2015, 4, 25))
    Vacances.objects.filter(nom="Vacances de Noël").update(du_importe=date(2014, 12, 1))
    lues = question(direction.post(PAGE, UN_AN))
    change = "Change : Vacances de printemps, du 11/04/2015 au 25/04/2015, zone A, devient "
    assert f"{change}Vacances de printemps, du 11/04/2015 au 26/04/2015, zone A." in lues
    assert any(phrase.startswith("Disparaît : Vacances de Noël") for phrase in lues)


def test_ce_qu_un_agent_a_saisi_n_est_pas_touche(direction):
    Vacances.objects.create(nom="Nos vacances", du=date(2015, 4, 10), au=date(2015, 4, 26))
    confirmer(direction, direction.post(PAGE, UN_AN))
    assert not Vacances.objects.filter(nom="Vacances de printemps").exists()
    assert Vacances.objects.get(nom="Nos vacances").au == date(2015, 4, 26)


def test_les_jours_reserves_qui_tombent_se_comptent_et_la_famille_est_prevenue(direction, inscription, agent):
    Vacances.objects.all().delete()
    inscription.reserver([date(2015, 4, 8), date(2015, 4, 15)], par=agent)
    page = direction.post(PAGE, UN_AN)
    assert "1 jour réservé ou demandé tombe, le 15/04/2015 : 1 famille, 1 enfant." in question(page)
    assert not Fil.objects.exists()
    confirmer(direction, page)
    assert Fil.objects.count() == 1


def test_un_calendrier_change_entre_temps_se_relit(direction):
    page = direction.post(PAGE, UN_AN)
    JourFerie.objects.create(jour=date(2015, 4, 6), nom="Lundi de Pâques")
    assert "confirmation" in confirmer(direction, page).context
    assert not Vacances.objects.exists()


def test_ce_que_les_donnees_ne_disent_pas_se_nomme_par_annee(direction, directrice, time_machine):
    time_machine.move_to("2027-11-10T12:00:00+01:00")
    direction.force_login(directrice)
    lues = question(direction.post(PAGE, {"depuis": "2027", "annees": "2", "zone": "C"}))
    assert any(phrase.startswith("Vacances absentes des données, 2028-2029 : Vacances de la") for phrase in lues)


@pytest.mark.parametrize("champ", ["depuis", "annees", "zone"])
@pytest.mark.parametrize("valeur", ["", "abc", "9999"])
def test_un_choix_qui_n_existe_pas_se_refuse_sous_son_champ(direction, champ, valeur):
    form = direction.post(PAGE, UN_AN | {champ: valeur}).context["confirmation"].form
    assert list(form.errors) == [champ]
    assert not Vacances.objects.exists()


def test_la_liste_y_mene_qui_peut_et_nul_autre(direction, agent):
    assert f'href="{PAGE}"' in direction.get(reverse("admin:planning_vacances_changelist")).text
    direction.force_login(agent)
    assert f'href="{PAGE}"' not in direction.get(reverse("admin:planning_vacances_changelist")).text
    assert direction.post(PAGE, UN_AN).status_code == 403
