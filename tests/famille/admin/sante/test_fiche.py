"""Who reads and writes a child's health record."""

import pytest
from django.urls import reverse

from famille.models import FicheSanitaire
from tests import fabriques
from tests.famille.admin.sante.outils import LISTE, lectures, page, saisie

pytestmark = pytest.mark.django_db


class TestQuiLit:
    @pytest.mark.parametrize("qui", ["agent", "regisseur", "agent_sans_droit"])
    @pytest.mark.parametrize("nom", ["change", "history", "delete"])
    def test_l_accueil_et_la_regie_n_y_ont_pas_acces(self, request, client, fiche, qui, nom):
        client.force_login(request.getfixturevalue(qui))

        assert client.get(page(fiche, nom)).status_code == 403
        assert client.post(page(fiche, nom), saisie(fiche)).status_code in {403, 405}
        assert client.get(reverse(LISTE)).status_code == 403
        assert lectures() == []

    def test_l_animateur_lit_sans_ecrire(self, client, animateur, fiche):
        client.force_login(animateur)

        assert "Arachide" in client.get(page(fiche)).content.decode()
        assert client.post(page(fiche), saisie(fiche, allergies="Aucune")).status_code == 403
        assert FicheSanitaire.objects.get(pk=fiche.pk).allergies == "Arachide"

    def test_la_direction_corrige(self, client, directrice, fiche):
        client.force_login(directrice)

        reponse = client.post(page(fiche), saisie(fiche, allergies="Gluten", **{"vaccinations-0-date": "15/04/2015"}))

        assert reponse.status_code == 302
        relue = FicheSanitaire.objects.get(pk=fiche.pk)
        assert relue.allergies == "Gluten"
        assert [f"{v.vaccin} {v.date:%d/%m/%Y}" for v in relue.vaccinations.all()] == ["DTP 15/04/2015"]

    def test_une_saisie_refusee_revient_remplie(self, client, directrice, fiche):
        client.force_login(directrice)

        reponse = client.post(page(fiche), saisie(fiche, allergies="Gluten", **{"vaccinations-0-date": "hier"}))

        contenu = reponse.content.decode()
        assert reponse.status_code == 200
        assert "Gluten" in contenu
        assert 'value="hier"' in contenu
        assert FicheSanitaire.objects.get(pk=fiche.pk).allergies == "Arachide"

    def test_la_fiche_de_l_enfant_y_mene_qui_en_a_le_droit(self, client, animateur, agent, dupont, fiche):
        adresse = reverse("admin:famille_enfant_change", args=[dupont.enfants[0].pk])

        client.force_login(animateur)
        assert page(fiche) in client.get(adresse).content.decode()
        client.force_login(agent)
        contenu = client.get(adresse).content.decode()
        assert "Fiche sanitaire" not in contenu
        assert "Arachide" not in contenu

    def test_la_direction_commence_une_fiche_depuis_celle_de_l_enfant(self, client, directrice, dupont):
        enfant = fabriques.EnfantFactory(famille=dupont.famille)
        client.force_login(directrice)

        contenu = client.get(reverse("admin:famille_enfant_change", args=[enfant.pk])).content.decode()

        assert reverse("admin:famille_fichesanitaire_add", query={"enfant": enfant.pk}) in contenu
