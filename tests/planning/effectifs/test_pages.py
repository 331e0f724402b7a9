"""The pages of headcounts and meals: who reads them, what they ask for, what one takes away."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from planning.models import FeuilleDeCuisine, Prestation
from planning.regles.jours import Jours
from tests.planning.places.outils import MERCREDI, inscrire

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")
SEMAINE = {"du": "2015-04-06", "au": "2015-04-12"}


def adresse(nom, *args):
    return reverse(f"admin:planning_prestation_{nom}", args=args)


IMPRIMER = ("repas_imprimer", 2015, 4, 8)
PAGES = [("effectifs",), ("effectifs_pdf",), ("effectifs_tableur", "csv"), ("repas",), ("repas_tableur", "xlsx")]


@pytest.fixture
def porte(client, animateur):
    client.force_login(animateur)
    return client


@pytest.fixture
def deux_repas(mercredi, agent):
    Prestation.objects.filter(pk=mercredi.pk).update(repas=Prestation.Repas.SUR_PLACE)
    return inscrire(mercredi, 2, agent, jours=Jours.MERCREDI)


@pytest.mark.parametrize("page", PAGES)
def test_chaque_groupe_lit_les_effectifs_un_agent_sans_droit_jamais(
    client, mercredi, agent, animateur, regisseur, directrice, agent_sans_droit, page
):
    for qui, code in ((agent, 200), (animateur, 200), (regisseur, 200), (directrice, 200), (agent_sans_droit, 403)):
        client.force_login(qui)
        assert client.get(adresse(*page), SEMAINE).status_code == code


def test_un_agent_sans_droit_n_imprime_rien(client, deux_repas, agent_sans_droit):
    client.force_login(agent_sans_droit)
    assert client.post(adresse(*IMPRIMER)).status_code == 403
    assert not FeuilleDeCuisine.objects.exists()


def test_sans_rien_dire_c_est_cette_semaine(porte, mercredi):
    assert porte.get(adresse("effectifs")).context["periode"].du == date(2015, 3, 30)


@pytest.mark.parametrize(
    ("du", "au", "phrase"),
    [
        ("hier", "", "Choisissez un premier jour"),
        ("0001-01-01", "", "Choisissez un premier jour"),
        ("2015-04-31", "", "Choisissez un premier jour"),
        ("2015-04-08", "2015-04-07", "Choisissez un dernier jour"),
        ("2015-04-08", "9999-12-31", "Choisissez 100 jours au plus"),
    ],
)
def test_une_periode_impossible_se_dit_et_montre_cette_semaine(porte, mercredi, du, au, phrase):
    reponse = porte.get(adresse("effectifs"), {"du": du, "au": au})
    assert phrase in reponse.content.decode()
    assert reponse.context["periode"].du == date(2015, 3, 30)


def test_la_page_le_tableur_et_le_papier_disent_les_memes_nombres(porte, deux_repas):
    page = porte.get(adresse("effectifs"), SEMAINE).content.decode()
    assert "<strong>2</strong> / 3" in page
    texte = b"".join(porte.get(adresse("effectifs_tableur", "csv"), SEMAINE).streaming_content).decode()
    _, ligne = csv.reader(StringIO(texte), delimiter=";")
    assert ligne[:4] == ["08/04/2015", "Accueil de Loisirs", "ALSH Mercredi journée", "2"]
    pdf = PdfReader(BytesIO(porte.get(adresse("effectifs_pdf"), SEMAINE).content))
    assert "2 / 3" in pdf.pages[0].extract_text().replace("\u00a0", " ")


def test_le_tableur_des_repas(porte, deux_repas):
    contenu = b"".join(porte.get(adresse("repas_tableur", "xlsx"), SEMAINE).streaming_content)
    _, ligne = CalamineWorkbook.from_filelike(BytesIO(contenu)).get_sheet_by_index(0).to_python()
    assert ligne[:4] == [date(2015, 4, 8), "Accueil de Loisirs", "6 ans et plus", 2.0]


def test_un_tableur_inconnu_n_existe_pas(porte, mercredi):
    assert porte.get(adresse("effectifs_tableur", "ods")).status_code == 404


def test_imprimer_garde_la_feuille_et_la_montre(porte, deux_repas, animateur):
    formulaire = f'target="_blank" action="{adresse(*IMPRIMER)}"'
    assert formulaire in porte.get(adresse("repas"), SEMAINE).text  # the page of the meals stays open
    reponse = porte.post(adresse(*IMPRIMER), follow=True)
    feuille = FeuilleDeCuisine.objects.get()
    assert (feuille.par, feuille.jour, feuille.repas) == (
        animateur,
        MERCREDI,
        [["Accueil de Loisirs", True, "standard", 2]],
    )
    assert reponse.headers["Content-Type"] == "application/pdf"
    assert "Rien n’a changé depuis." in porte.get(adresse("repas"), SEMAINE).content.decode()


def test_une_adresse_ne_s_imprime_pas_d_une_visite(porte, deux_repas):
    assert porte.get(adresse(*IMPRIMER)).status_code == 405
    assert not FeuilleDeCuisine.objects.exists()


def test_un_jour_sans_repas_se_dit(porte, mercredi):
    reponse = porte.post(adresse("repas_imprimer", 2015, 4, 6), follow=True)
    assert "Aucun repas n’est servi le lundi 6 avril." in reponse.content.decode()
    assert porte.post(adresse("repas_imprimer", 2015, 2, 30)).status_code == 404


def test_les_mois_se_suivent_entiers_les_semaines_aussi(porte, mercredi):
    page = porte.get(adresse("effectifs"), {"du": "2015-03-01", "au": "2015-03-31"})
    assert page.context["periode"].precedente.requete == "du=2015-02-01&au=2015-02-28"
    assert page.context["periode"].suivante.requete == "du=2015-04-01&au=2015-04-30"
    page = porte.get(adresse("effectifs"), SEMAINE)
    assert page.context["periode"].suivante.requete == "du=2015-04-13&au=2015-04-19"


def test_les_pages_lisent_autant_pour_une_semaine_que_pour_les_vacances(
    porte, deux_repas, django_assert_max_num_queries
):
    for nom in ("effectifs", "repas"):
        for periode in (SEMAINE, {"du": "2015-03-01", "au": "2015-05-31"}):
            with django_assert_max_num_queries(15):
                porte.get(adresse(nom), periode)
