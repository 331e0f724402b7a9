"""The rubrics beside a page are what Django would write, for each reader, at that moment."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.template.loader import get_template
from django.test import RequestFactory

from portail.guichet.rubriques.dessin import dessiner
from portail.guichet.rubriques.permises import rubriques_permises

pytestmark = pytest.mark.django_db

GABARITS = {"admin/nav_sidebar.html": {}, "admin/app_list.html": {"show_changelinks": True}}
CHEMINS = ["/admin/", "/admin/famille/famille/", "/admin/famille/famille/12/change/", "/admin/planning/", "/admin/été/"]
AGENTS = ["agent", "animateur", "regisseur", "directrice", "agent_sans_droit"]


def demande(qui, chemin="/admin/"):
    request = RequestFactory().get(chemin)
    request.user = qui
    return request


def celles_de_django(request):
    """In the order that the portal gives them, whatever the alphabet."""
    apps = admin.AdminSite.get_app_list(admin.site, request)
    return {app["app_label"]: app | {"models": {m["object_name"]: m for m in app["models"]}} for app in apps}


def les_notres(request):
    apps = rubriques_permises(admin.site._registry.items(), request)
    return {app["app_label"]: app | {"models": {m["object_name"]: m for m in app["models"]}} for app in apps}


@pytest.mark.parametrize("qui", AGENTS)
def test_les_rubriques_permises_sont_celles_de_django(request, qui):
    requete = demande(request.getfixturevalue(qui))
    assert les_notres(requete) == celles_de_django(requete)
    assert [*les_notres(requete)] == [*celles_de_django(requete)]


def test_une_seule_rubrique_est_demandee_par_son_app(directrice):
    (famille,) = admin.site.get_app_list(demande(directrice), "famille")
    assert famille["app_label"] == "famille"
    assert admin.site.get_app_list(demande(directrice), "inconnue") == []


@pytest.mark.parametrize("qui", AGENTS)
@pytest.mark.parametrize("gabarit", GABARITS)
def test_leur_dessin_est_celui_de_django_sur_chaque_page(request, qui, gabarit):
    agent = request.getfixturevalue(qui)
    for chemin in [*CHEMINS, *reversed(CHEMINS)]:
        requete = demande(agent, chemin)
        apps = admin.site.get_app_list(requete)
        contexte = {"app_list": apps, "available_apps": apps, "request": requete, **GABARITS[gabarit]}
        assert dessiner(gabarit, apps, chemin) == get_template(gabarit).render(contexte)


def test_un_droit_donne_ou_repris_se_voit_a_la_page_suivante(client, agent_sans_droit):
    client.force_login(agent_sans_droit)
    droit = Permission.objects.get(codename="view_famille")
    lien = '<a href="/admin/famille/famille/"'
    assert lien not in client.get("/admin/").text

    agent_sans_droit.user_permissions.add(droit)
    assert lien in client.get("/admin/").text

    agent_sans_droit.user_permissions.remove(droit)
    assert lien not in client.get("/admin/").text


def test_deux_agents_de_droits_differents_ne_lisent_pas_les_memes(client, directrice, agent_sans_droit):
    for qui, lisent in ((directrice, True), (agent_sans_droit, False), (directrice, True)):
        client.force_login(qui)
        assert ("/admin/famille/compte/" in client.get("/admin/").text) is lisent


def test_un_groupe_qui_perd_une_liste_la_perd_partout_aussitot(client, directrice):
    client.force_login(directrice)
    ajouter = 'href="/admin/famille/famille/add/"'
    assert ajouter in client.get("/admin/famille/enfant/").text

    for groupe in Group.objects.all():
        groupe.permissions.remove(Permission.objects.get(codename="add_famille"))
    assert ajouter not in client.get("/admin/famille/enfant/").text
