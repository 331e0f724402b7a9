"""What the admin does not delete says what to do instead; what it deletes leads back to its list."""

from datetime import date

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client, RequestFactory
from django.urls import reverse

from facturation.models import Tarif
from famille.models import Compte
from planning.models import Fermeture
from socle.admin.suppression import CONSEIL
from tests.fabriques import EnfantFactory
from tests.facturation import fabriques
from tests.facturation.admin.pages import adresse, connecter
from tests.facturation.campagne.conftest import Suite
from tests.facturation.ville import batir
from tests.planning.admin.outils import supprimer

# Those of packages refuse without a word.
D_UN_PAQUET = {"django_tasks_database.DBTaskResult", "auth.Group"}


def par_nom_de_modele() -> dict[str, admin.ModelAdmin]:
    return {modele._meta.label: page for modele, page in admin.site._registry.items()}


@pytest.fixture
def bureau(regisseur) -> Client:
    return connecter(regisseur)


@pytest.mark.parametrize("nom", sorted(par_nom_de_modele().keys() - D_UN_PAQUET))
def test_ce_que_nul_droit_ne_supprime_dit_quoi_faire(nom):
    page = par_nom_de_modele()[nom]
    requete = RequestFactory().get("/")
    requete.user = Compte(is_superuser=True, is_active=True)
    d_un_objet = type(page).has_delete_permission is not admin.ModelAdmin.has_delete_permission
    if d_un_objet or not page.has_delete_permission(requete):
        assert getattr(page.model, CONSEIL, "").endswith(".")


class TestUnTarifQuiAFacture:
    @pytest.fixture
    def tarif(self, db) -> Tarif:
        """The canteen's, by which October 2026 was billed."""
        return Suite(batir()).ville.cantine.tarifs.get()

    @pytest.mark.parametrize("envoi", [None, {"post": "yes"}], ids=["ouvert", "confirmé"])
    def test_il_dit_de_le_terminer(self, bureau, tarif, envoi):
        chemin = adresse("tarif", "delete", tarif.pk)
        page = bureau.get(chemin) if envoi is None else bureau.post(chemin, envoi)
        assert page.status_code == 403
        assert f"«\u00a0{tarif}\u00a0» ne se supprime pas\u00a0: terminez-le par sa date «\u00a0au\u00a0»" in page.text
        assert Tarif.objects.filter(pk=tarif.pk).exists()

    def test_a_qui_ne_le_voit_pas_il_ne_dit_rien(self, animateur, tarif):
        page = connecter(animateur).get(adresse("tarif", "delete", tarif.pk))
        assert page.status_code == 403
        assert "ne se supprime pas" not in page.text


def test_une_facture_dit_de_la_corriger(directrice, dupont):
    facture = fabriques.facture(fabriques.RegieFactory(), dupont.famille, "120.60", date(2015, 4, 1), date(2015, 4, 30))
    page = connecter(directrice).get(adresse("facture", "delete", facture.pk))
    assert page.status_code == 403
    assert "corrigez-la par un avoir" in page.text


class TestLaPage:
    def test_seule_une_fiche_ne_fait_pas_une_liste(self, client, agent, db):
        neige = Fermeture.objects.create(du=date(2027, 1, 4), au=date(2027, 1, 4), motif="Neige")
        client.force_login(agent)
        page = client.get(reverse("admin:planning_fermeture_delete", args=[neige.pk])).text
        assert f"La suppression ne touche que «\u00a0{neige}\u00a0». Confirmez-vous\u00a0?" in page
        assert "Résumé" not in page
        # Without script too.
        assert (
            f'<a href="{reverse("admin:planning_fermeture_change", args=[neige.pk])}" class="button cancel-link">'
            in page
        )

    def test_ce_qui_retient_se_dit_en_titre(self, client, directrice, dupont):
        fabriques.operations(dupont.famille)
        client.force_login(directrice)
        page = client.get(reverse("admin:famille_famille_delete", args=[dupont.famille.pk])).text
        assert "<h1>Suppression impossible</h1>" in page


class TestApresUneSuppression:
    def test_d_une_campagne_on_revient_a_la_liste(self, bureau):
        """Nobody changes a campaign: Django would lead to the front page."""
        campagne = fabriques.campagne()
        reponse = bureau.post(adresse("campagnedefacturation", "delete", campagne.pk), {"post": "yes"})
        assert reponse.url == adresse("campagnedefacturation", "changelist")

    def test_les_filtres_de_la_liste_sont_gardes(self, bureau):
        campagne = fabriques.campagne()
        filtres = {"_changelist_filters": f"regie__id__exact={campagne.regie_id}"}
        chemin = reverse("admin:facturation_campagnedefacturation_delete", args=[campagne.pk], query=filtres)
        reponse = bureau.post(chemin, {"post": "yes"})
        assert reponse.url == f"{adresse('campagnedefacturation', 'changelist')}?regie__id__exact={campagne.regie_id}"

    def test_qui_supprime_sans_changer_y_revient_aussi(self, animateur):
        animateur.groups.clear()
        animateur.user_permissions.set(Permission.objects.filter(codename__in=["view_fermeture", "delete_fermeture"]))
        fermeture = Fermeture.objects.create(du=date(2015, 4, 7), au=date(2015, 4, 9), motif="x")
        reponse = supprimer(connecter(animateur), reverse("admin:planning_fermeture_delete", args=[fermeture.pk]))
        assert reponse.url == reverse("admin:planning_fermeture_changelist")


def test_ce_qui_est_emporte_se_lit_avec_nos_deux_points(directrice, dupont):
    """« Enfant: Zoé » is Django's, whatever the language; the name stays a link, and what was typed stays text."""
    enfant = EnfantFactory(famille=dupont.famille, nom="<B>NEIGE: VERGLAS</B>")
    page = connecter(directrice).get(reverse("admin:famille_enfant_delete", args=[enfant.pk])).text
    assert "Enfants\u00a0: 1" in page
    assert '<li>Enfant\u00a0: <a href="' in page
    assert "&lt;B&gt;NEIGE: VERGLAS&lt;/B&gt;</a>" in page
