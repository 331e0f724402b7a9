"""What an agent is asked before a change that reaches further than its record; what is not there is not asked."""

from datetime import date

import pytest
from django.contrib import admin
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from famille.models import Ecole
from planning.models import Fermeture
from socle.admin.pages import AvecPages
from tests.facturation.admin.pages import connecter

pytestmark = pytest.mark.django_db


class Reservations:
    """Two booked days fall, whatever is closed."""

    def lire(self) -> list[int]:
        return [Fermeture.objects.count()]

    def dire(self, avant: list[int], apres: list[int]) -> list[str]:
        return ["2 jours réservés tombent."]

    def annoncer(self, avant: list[int], apres: list[int], request: object) -> None:
        """Nobody is told."""


@pytest.fixture
def pages(monkeypatch) -> admin.ModelAdmin:
    pages = admin.site._registry[Fermeture]
    monkeypatch.setattr(type(pages), "portee", lambda soi, ancien, nouveau: Reservations())
    return pages


@pytest.fixture
def fermeture(db) -> Fermeture:
    return Fermeture.objects.create(du=date(2015, 4, 7), au=date(2015, 4, 9), motif="Travaux")


def saisie(motif: str) -> dict[str, str]:
    return {"structure": "", "du": "07/04/2015", "au": "09/04/2015", "motif": motif}


def test_la_question_nomme_ce_que_l_on_change_comme_il_est_encore(pages, fermeture, directrice):
    chemin = reverse("admin:planning_fermeture_change", args=[fermeture.pk])
    page = connecter(directrice).post(chemin, saisie("Inventaire"))
    question = page.context["confirmation"]
    assert list(question.phrases) == ["2 jours réservés tombent."]
    assert question.chemin[-1] == (chemin, str(fermeture))
    assert question.retour == chemin
    fermeture.refresh_from_db()
    assert fermeture.motif == "Travaux"


def test_et_ce_que_l_on_ajoute_comme_il_serait(pages, directrice):
    chemin = reverse("admin:planning_fermeture_add")
    question = connecter(directrice).post(chemin, saisie("Inventaire")).context["confirmation"]
    assert "Inventaire" in question.chemin[-1][1]
    assert not Fermeture.objects.exists()


def test_ce_qui_n_est_plus_la_ne_se_compte_pas(pages, directrice):
    page = connecter(directrice).get(reverse("admin:planning_fermeture_delete", args=[999_999]))
    assert page.url == reverse("admin:index")


def test_la_page_qui_supprime_dit_aussi_ce_que_disait_la_sienne(rf, pages, fermeture, directrice):
    requete = rf.get("/")
    requete.user, requete.session, requete._messages = directrice, SessionStore(), CookieStorage(requete)
    page = pages.delete_view(requete, str(fermeture.pk), {"dit": "déjà"})
    assert page.context_data["dit"] == "déjà"
    assert page.context_data["touche"] == ["2 jours réservés tombent."]
    assert Fermeture.objects.filter(pk=fermeture.pk).exists()


@pytest.mark.parametrize("large", [True, False])
def test_une_page_large_n_a_rien_a_cote_d_elle(rf, directrice, large):
    requete = rf.get("/")
    requete.user = directrice
    page = AvecPages(Ecole, admin.site).montrer_page(
        requete, "admin/confirmation.html", "Titre", {"dit": 1}, large=large
    )
    assert (page.context_data["title"], page.context_data["dit"]) == ("Titre", 1)
    assert page.context_data["is_nav_sidebar_enabled"] is (False if large else admin.site.enable_nav_sidebar)


def test_une_page_n_est_large_que_si_elle_le_dit(rf, directrice):
    requete = rf.get("/")
    requete.user = directrice
    page = AvecPages(Ecole, admin.site).montrer_page(requete, "admin/confirmation.html", "Titre", {})
    assert page.context_data["is_nav_sidebar_enabled"] is admin.site.enable_nav_sidebar
