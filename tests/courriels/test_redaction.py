"""What arrives in a mailbox."""

import pytest

from courriels.facteur import Facteur

from .fabriques import ecrire, seul

pytestmark = pytest.mark.django_db


@pytest.fixture
def recu(smtp, settings):
    settings.PORTAIL_ADRESSE = "https://portail.example/"
    ecrire()
    Facteur().tournee()
    return smtp.recus[0]


def test_il_vient_du_centre(recu):
    assert str(recu["From"]) == "Centre social Les Tilleuls <accueil@saint-jean.example>"
    assert recu["Auto-Submitted"] == "auto-generated"


def test_texte_et_html_menent_au_portail(recu):
    texte = recu.get_body(["plain"]).get_content()
    html = recu.get_body(["html"]).get_content()
    assert "https://portail.example/messages/12/" in texte
    assert '<a href="https://portail.example/messages/12/">Lire le message</a>' in html


def test_un_sujet_ne_glisse_pas_d_en_tete(smtp):
    ecrire(sujet="Bonjour\nBcc: tous@example.org")
    Facteur().tournee()
    assert smtp.recus == []
    assert seul().erreur.startswith("BadHeaderError")
