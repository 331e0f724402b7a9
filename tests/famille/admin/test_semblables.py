"""Before a record like another is saved, the agent is asked, and loses nothing of what was typed."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import escape

from famille.models import Enfant, Famille, Responsable
from tests import fabriques
from tests.famille.admin.test_choisir import famille_a_deux

pytestmark = pytest.mark.django_db

AJOUTER_ENFANT, AJOUTER_FAMILLE = reverse("admin:famille_enfant_add"), reverse("admin:famille_famille_add")
QUAND_MEME = "Enregistrer quand même"


@pytest.fixture
def bureau(client, agent):
    client.force_login(agent)
    return client


@pytest.fixture
def celia():
    """Known already, in the record of her mother."""
    famille = fabriques.ResponsableFactory(nom="ROUX", prenom="Anna").famille
    return fabriques.EnfantFactory(famille=famille, nom="LE GUEN", prenom="Célia", date_naissance=date(2010, 3, 4))


def enfant(famille: Famille | None = None, **champs: str) -> dict[str, str]:
    donnees = {"nom": "Leguen", "prenom": "CELIA", "date_naissance": "04/03/2010", "regime": "sans_porc"}
    for prefixe in ("rattachements", "tiers", "assurance"):
        donnees |= {f"{prefixe}-TOTAL_FORMS": "0", f"{prefixe}-INITIAL_FORMS": "0"}
    if famille:
        donnees |= {"rattachements-TOTAL_FORMS": "1", "rattachements-0-famille": str(famille.pk)}
    return donnees | champs


def accord(page) -> dict[str, str]:
    return {"quand_meme": re.search(r'name="quand_meme" value="(\w+)"', page.text)[1]}


class TestUnEnfant:
    def test_pareil_a_un_autre_se_demande_et_rien_ne_se_perd(self, bureau, celia, martin):
        page = bureau.post(AJOUTER_ENFANT, enfant(martin.famille))
        assert page.status_code == 200
        assert Enfant.objects.filter(date_naissance=celia.date_naissance).get() == celia
        assert f'<a href="{reverse("admin:famille_enfant_change", args=[celia.pk])}"' in page.text
        assert escape(celia.en_choix) in page.text
        assert 'value="CELIA"' in page.text
        assert '<option value="sans_porc" selected>' in page.text
        assert QUAND_MEME in page.text

    def test_s_enregistre_quand_meme(self, bureau, celia, martin):
        page = bureau.post(AJOUTER_ENFANT, enfant(martin.famille))
        assert bureau.post(AJOUTER_ENFANT, enfant(martin.famille) | accord(page)).status_code == 302
        assert martin.famille.enfants.filter(prenom="CELIA").count() == 1

    def test_un_accord_ne_vaut_que_pour_ce_qui_a_ete_lu(self, bureau, celia, martin):
        page = bureau.post(AJOUTER_ENFANT, enfant(martin.famille))
        fabriques.EnfantFactory(famille=martin.famille, nom="LEGUEN", prenom="Celia", date_naissance=date(2010, 3, 4))
        assert bureau.post(AJOUTER_ENFANT, enfant(martin.famille) | accord(page)).status_code == 200
        assert bureau.post(AJOUTER_ENFANT, enfant(martin.famille) | {"quand_meme": "oui"}).status_code == 200

    @pytest.mark.parametrize("champs", [{"date_naissance": "05/03/2010"}, {"prenom": "Lélia"}, {"nom": "Legoff"}])
    def test_qui_differe_ne_se_demande_pas(self, bureau, celia, martin, champs):
        assert bureau.post(AJOUTER_ENFANT, enfant(martin.famille, **champs)).status_code == 302

    def test_sans_famille_se_demande(self, bureau):
        page = bureau.post(AJOUTER_ENFANT, enfant())
        assert "aucune famille" in page.text
        assert bureau.post(AJOUTER_ENFANT, enfant() | accord(page)).status_code == 302
        assert Enfant.objects.get(prenom="CELIA").familles.count() == 0

    def test_cree_depuis_une_famille_y_sera_rattache(self, bureau):
        assert bureau.post(f"{AJOUTER_ENFANT}?_popup=1", enfant() | {"_popup": "1"}).status_code == 200
        assert Enfant.objects.filter(prenom="CELIA").exists()

    def test_deja_enregistre_ne_se_redemande_pas(self, bureau, celia, martin):
        page = bureau.post(AJOUTER_ENFANT, enfant(martin.famille))
        bureau.post(AJOUTER_ENFANT, enfant(martin.famille) | accord(page))
        elle = Enfant.objects.get(prenom="CELIA")
        tie = elle.rattachements.get()
        suite = enfant(regime="standard") | {
            "rattachements-TOTAL_FORMS": "1",
            "rattachements-INITIAL_FORMS": "1",
            "rattachements-0-id": str(tie.pk),
            "rattachements-0-enfant": str(elle.pk),
        }
        assert bureau.post(reverse("admin:famille_enfant_change", args=[elle.pk]), suite).status_code == 302
        elle.refresh_from_db()
        assert elle.regime == "standard"


class TestUnAdulte:
    def test_de_deux_familles_se_demande(self, bureau):
        autre = fabriques.ResponsableFactory(nom="Roux", prenom="Ànna")
        page = bureau.post(AJOUTER_FAMILLE, famille_a_deux("titulaire", "conjoint"))
        assert not Responsable.objects.filter(prenom="Paul").exists()
        assert f'<a href="{reverse("admin:famille_responsable_change", args=[autre.pk])}"' in page.text
        assert 'value="Paul"' in page.text
        donnees = famille_a_deux("titulaire", "conjoint") | accord(page)
        assert bureau.post(AJOUTER_FAMILLE, donnees).status_code == 302
        assert Responsable.objects.get(prenom="Paul").famille.responsables.count() == 2

    def test_ce_qu_ils_ont_en_commun_se_dit(self, bureau):
        autre = fabriques.ResponsableFactory(nom="ROUX", prenom="Anna", email="anna@example.org")
        donnees = famille_a_deux("titulaire", "conjoint") | {"responsables-1-email": "Anna@example.org"}
        assert "(même e-mail)" in bureau.post(AJOUTER_FAMILLE, donnees).text
        autre.email = "autre@example.org"
        autre.save()
        assert "même e-mail" not in bureau.post(AJOUTER_FAMILLE, donnees).text

    def test_qui_n_en_a_qu_une_s_enregistre(self, bureau):
        fabriques.ResponsableFactory(nom="ROUX", prenom="Annie")
        assert bureau.post(AJOUTER_FAMILLE, famille_a_deux("titulaire", "conjoint")).status_code == 302

    def test_seul_sur_sa_fiche_aussi(self, bureau, martin):
        autre = fabriques.ResponsableFactory(nom="ROUX", prenom="Anna", role="titulaire")
        ajouter = reverse("admin:famille_responsable_add")
        donnees = {"famille": martin.famille.pk, "role": "conjoint", "nom": "Roux", "prenom": "anna"}
        assert escape(autre.famille.en_choix) in bureau.post(ajouter, donnees).text
        assert not martin.famille.responsables.filter(prenom="anna").exists()
