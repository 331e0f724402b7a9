"""Titulaire and conjoint: they exchange their roles, on the page of their famille, and one titulaire is left."""

import pytest
from django.urls import reverse

from famille.models import Responsable
from tests.fabriques import FamilleFactory
from tests.famille.admin.test_dossier import formulaires_vides, gestion, responsable

pytestmark = pytest.mark.django_db


def enregistrer(client, foyer, **saisie):
    return client.post(
        reverse("admin:famille_famille_change", args=[foyer.famille.pk]),
        {
            **formulaires_vides(),
            **gestion("responsables", 2, initiaux=2),
            **responsable(0, foyer.titulaire),
            **responsable(1, foyer.conjoint),
            **saisie,
        },
    )


def roles(foyer) -> dict[str, str]:
    return {r.prenom: r.role for r in Responsable.objects.filter(famille=foyer.famille)}


class TestLaFicheDeLaFamille:
    def test_titulaire_et_conjoint_echangent_leurs_roles(self, client, agent, dupont):
        client.force_login(agent)

        reponse = enregistrer(client, dupont, **{"responsables-0-role": "conjoint", "responsables-1-role": "titulaire"})

        assert reponse.status_code == 302
        assert roles(dupont) == {dupont.titulaire.prenom: "conjoint", dupont.conjoint.prenom: "titulaire"}

    @pytest.mark.parametrize(
        "saisie",
        [
            {"responsables-0-DELETE": "on"},
            {"responsables-0-role": "conjoint", "responsables-1-DELETE": "on"},
            {"responsables-0-DELETE": "on", "responsables-1-DELETE": "on"},
        ],
        ids=["retiré", "devenu conjoint", "personne"],
    )
    def test_il_y_reste_un_titulaire(self, client, directrice, dupont, saisie):
        client.force_login(directrice)

        page = enregistrer(client, dupont, **saisie)

        assert "Une famille garde un titulaire" in page.text
        assert Responsable.objects.filter(famille=dupont.famille).count() == 2

    def test_deux_titulaires_sont_refuses_avec_ce_qu_il_faut_choisir(self, client, agent, dupont):
        client.force_login(agent)

        page = enregistrer(client, dupont, **{"responsables-1-role": "titulaire"})

        assert "choisissez «\u00a0Conjoint\u00a0» pour l’un des deux" in page.text
        assert roles(dupont) == {"Jean": "titulaire", "Jeanne": "conjoint"}

    def test_une_autre_faute_ne_fait_pas_croire_que_le_titulaire_manque(self, client, agent, dupont):
        client.force_login(agent)

        page = enregistrer(client, dupont, **{"responsables-0-role": ""})

        assert "Ce champ est obligatoire" in page.text
        assert "Une famille garde un titulaire" not in page.text

    @pytest.mark.parametrize("rang", [0, 1])
    def test_corriger_l_un_des_deux_laisse_leurs_roles(self, client, agent, dupont, rang):
        client.force_login(agent)

        assert enregistrer(client, dupont, **{f"responsables-{rang}-profession": "Maire"}).status_code == 302
        assert roles(dupont) == {"Jean": "titulaire", "Jeanne": "conjoint"}

    def test_une_famille_dont_personne_n_est_connu_se_corrige_quand_meme(self, client, agent):
        famille = FamilleFactory()
        client.force_login(agent)

        saisie = formulaires_vides() | gestion("responsables", 0) | {"organisme_rattachement": "MSA"}
        adresse = reverse("admin:famille_famille_change", args=[famille.pk])
        assert client.post(adresse, saisie).status_code == 302


class TestLaFicheDUnResponsable:
    def test_son_role_n_y_change_pas(self, client, agent, dupont):
        client.force_login(agent)

        page = client.get(reverse("admin:famille_responsable_change", args=[dupont.conjoint.pk]))

        assert "role" not in page.context["adminform"].form.fields

    def test_le_titulaire_ne_se_supprime_pas_et_la_page_dit_que_faire(self, client, directrice, dupont):
        client.force_login(directrice)
        chemin = reverse("admin:famille_responsable_delete", args=[dupont.titulaire.pk])

        assert "donnez d’abord ce rôle à l’autre adulte" in client.get(chemin).text
        client.post(chemin, {"post": "yes"})

        assert Responsable.objects.filter(pk=dupont.titulaire.pk).exists()

    def test_un_conjoint_se_supprime(self, client, directrice, dupont):
        client.force_login(directrice)

        client.post(reverse("admin:famille_responsable_delete", args=[dupont.conjoint.pk]), {"post": "yes"})

        assert not Responsable.objects.filter(pk=dupont.conjoint.pk).exists()
