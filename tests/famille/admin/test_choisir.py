"""What agents choose: the role that is free, a famille or a child like no other, what to do instead of deleting."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import escape

from famille.models import Famille, Responsable
from tests import fabriques
from tests.facturation.ville import batir, inscrire

pytestmark = pytest.mark.django_db

SEUL = "Une famille a un seul titulaire et au plus un conjoint"


@pytest.fixture
def bureau(client, agent):
    client.force_login(agent)
    return client


def roles_proposes(page) -> list[str]:
    (couple,) = [ens.formset for ens in page.context["inline_admin_formsets"] if ens.formset.prefix == "responsables"]
    return [form["role"].value() for form in [*couple.forms, couple.empty_form]]


class TestLeRoleLibre:
    def test_une_famille_nouvelle_a_un_titulaire_puis_un_conjoint(self, bureau):
        assert roles_proposes(bureau.get(reverse("admin:famille_famille_add"))) == ["titulaire", "conjoint"]

    def test_a_cote_d_un_titulaire_un_conjoint(self, bureau):
        famille = fabriques.ResponsableFactory(role="titulaire").famille
        page = bureau.get(reverse("admin:famille_famille_change", args=[famille.pk]))
        assert roles_proposes(page) == ["titulaire", "conjoint"]

    def test_a_cote_d_un_conjoint_reste_seul_un_titulaire(self, bureau):
        famille = fabriques.ResponsableFactory(role="conjoint").famille
        page = bureau.get(reverse("admin:famille_famille_change", args=[famille.pk]))
        assert roles_proposes(page) == ["conjoint", "titulaire"]

    @pytest.mark.parametrize("role", ["titulaire", "conjoint"])
    def test_deux_fois_le_meme_role_une_phrase_et_rien_de_perdu(self, bureau, role):
        reponse = bureau.post(reverse("admin:famille_famille_add"), famille_a_deux(role, role))

        assert SEUL in reponse.text
        assert 'value="Anna"' in reponse.text
        assert not Famille.objects.exists()

    def test_un_titulaire_et_un_conjoint_s_enregistrent(self, bureau):
        reponse = bureau.post(reverse("admin:famille_famille_add"), famille_a_deux("titulaire", "conjoint"))

        assert reponse.status_code == 302
        assert list(Responsable.objects.values_list("prenom", "role")) == [("Paul", "titulaire"), ("Anna", "conjoint")]

    def test_un_formulaire_ajoute_et_laisse_vide_ne_retient_pas(self, bureau):
        donnees = famille_a_deux("titulaire", "conjoint") | {"responsables-1-nom": "", "responsables-1-prenom": ""}

        assert bureau.post(reverse("admin:famille_famille_add"), donnees).status_code == 302
        assert Responsable.objects.get().prenom == "Paul"


def famille_a_deux(*roles: str) -> dict[str, str]:
    donnees = {"organisme_rattachement": "0"}
    for prefixe in ("rattachements", "quotients", "informations_caf", "informations_fiscales", "responsables"):
        nombre = "2" if prefixe == "responsables" else "0"
        donnees |= {f"{prefixe}-TOTAL_FORMS": nombre, f"{prefixe}-INITIAL_FORMS": "0"}
    for rang, (prenom, role) in enumerate(zip(("Paul", "Anna"), roles, strict=True)):
        donnees |= {f"responsables-{rang}-{champ}": valeur for champ, valeur in (("role", role), ("prenom", prenom))}
        donnees[f"responsables-{rang}-nom"] = "ROUX"
    return donnees


class TestPropositions:
    def proposees(self, bureau, app, modele, champ, terme) -> list[str]:
        criteres = {"app_label": app, "model_name": modele, "field_name": champ, "term": terme}
        trouves = bureau.get(reverse("admin:autocomplete"), criteres).json()["results"]
        return [trouve["text"] for trouve in trouves]

    def test_deux_familles_roux_ne_se_confondent_pas(self, bureau):
        for autre in ("ROUX", "PETIT"):
            famille = fabriques.ResponsableFactory(nom="ROUX", prenom="Anna", role="titulaire").famille
            fabriques.ResponsableFactory(famille=famille, nom=autre, prenom="Paul", role="conjoint")
            fabriques.EnfantFactory(famille=famille, nom="ROUX", prenom="Tom")
        premiere, seconde = Famille.objects.all()

        assert self.proposees(bureau, "famille", "responsable", "famille", "roux") == [
            f"ROUX Anna et Paul, 1\u00a0enfant (n°\u00a0{premiere.numero})",
            f"ROUX Anna et PETIT Paul, 1\u00a0enfant (n°\u00a0{seconde.numero})",
        ]

    def test_deux_enfants_du_meme_nom_non_plus(self, bureau):
        familles = [fabriques.ResponsableFactory(nom="ROUX").famille for _ in range(2)]
        for famille in familles:
            lui = {"nom": "ROUX", "prenom": "Tom", "sexe": "G", "classe": "CE1", "date_naissance": date(2018, 5, 1)}
            fabriques.EnfantFactory(famille=famille, **lui)

        assert self.proposees(bureau, "planning", "inscription", "enfant", "tom") == [
            f"ROUX Tom, né le 01/05/2018, CE1 (n°\u00a0{famille.numero})" for famille in familles
        ]

    def test_ce_qui_est_deja_choisi_se_lit_de_meme(self, bureau, dupont):
        adresse = reverse("admin:famille_quotientfamilial_add")
        page = bureau.get(adresse, {"famille": dupont.famille.pk})
        assert escape(dupont.famille.en_choix) in page.text


class TestSuppressionRefusee:
    def test_un_enfant_qui_a_une_histoire(self, client, directrice, dupont):
        inscrire(dupont.famille, dupont.enfants[0], batir().cantine)
        client.force_login(directrice)
        page = client.get(reverse("admin:famille_enfant_delete", args=[dupont.enfants[0].pk])).text
        assert "ne se supprime pas" in page
        assert "terminez ses inscriptions" in page
        assert "permission" not in page
