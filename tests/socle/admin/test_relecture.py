"""A form sent to a record that is there no more, or of a row that is: nothing breaks, and each place is named."""

import pytest
from django.urls import reverse

from famille.models import Enfant, Tiers
from socle.admin.versions import page as module
from socle.verrous import verrouiller
from tests.fabriques import TiersFactory
from tests.socle.admin.test_versions import A_CHANGE, lu, ouvrir
from tests.socle.formulaires import navigateur

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(agent):
    return navigateur(agent)


@pytest.fixture
def fiche(dupont) -> str:
    return reverse("admin:famille_enfant_change", args=[dupont.enfants[0].pk])


def test_une_fiche_qui_n_existe_pas_mene_ou_mene_django(client, agent):
    client.force_login(agent)
    reponse = client.post(reverse("admin:famille_enfant_change", args=[999_999]), {"prenom": "Léa"})
    assert (reponse.status_code, reponse.url) == (302, reverse("admin:index"))


def test_une_fiche_fusionnee_pendant_que_l_on_attend_son_tour_aussi(bureau, fiche, martin, monkeypatch):
    """It is out of every list once it is ours to change."""
    vue = ouvrir(bureau, fiche, "regime")

    def fusionner(lignes, pk):
        Enfant.objects.filter(pk=pk).update(fondu_dans=martin.enfants[0], regime="sans_porc")
        return verrouiller(lignes, pk)

    monkeypatch.setattr(module, "verrouiller", fusionner)
    reponse = bureau.post(fiche, vue | {"prenom": "Léana"})
    assert (reponse.status_code, reponse.url) == (302, reverse("admin:index"))


def test_chaque_endroit_est_nomme_et_celui_de_la_fiche_va_de_soi(bureau, fiche):
    vue = ouvrir(bureau, fiche, "regime")
    Enfant.objects.update(regime="sans_porc")
    Tiers.objects.update(nom="BERNARDIN")
    page = lu(bureau.post(fiche, vue))
    assert A_CHANGE in page
    assert "enregistrez de nouveau.Régime alimentaire : « Standard » est devenu « Sans porc »." in page
    assert ", Régime alimentaire" not in page
    assert "Odile BERNARDIN, Nom : « BERNARD » est devenu « BERNARDIN »." in page


def test_une_ligne_partie_que_l_on_n_envoie_pas_ne_se_dit_pas(bureau, fiche, dupont):
    TiersFactory(enfant=dupont.enfants[0], nom="LEROY")
    vue = ouvrir(bureau, fiche, "regime")
    envoi = {nom: valeur for nom, valeur in vue.items() if not nom.startswith(("tiers-0", "tiers-1"))}
    Tiers.objects.all().delete()
    reponse = bureau.post(fiche, envoi | {"tiers-INITIAL_FORMS": "0", "tiers-TOTAL_FORMS": "0", "prenom": "Léana"})
    assert reponse.status_code == 302
    assert Enfant.objects.get(pk=dupont.enfants[0].pk).prenom == "Léana"
