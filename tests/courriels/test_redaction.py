"""What arrives in a mailbox."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from courriels.facteur import Facteur

from .fabriques import ecrire, seul

GABARITS = Path(settings.BASE_DIR, "templates", "courriels").iterdir()
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
    assert 'href="https://portail.example/messages/12/"' in html
    assert ">Lire le message</a>" in html


def test_il_est_au_nom_de_la_commune(recu):
    html = recu.get_body(["html"]).get_content()
    assert '<strong style="font-size:20px">Saint-Jean</strong>' in html
    assert "05 61 00 00 00" in html.replace("\u00a0", " ")


@pytest.mark.parametrize("gabarit", sorted({chemin.stem for chemin in GABARITS} - {"base"}))
def test_chaque_gabarit_a_son_texte_sa_page_un_bouton_et_ne_charge_rien(gabarit):
    contexte = {"lien": "https://portail.example/la/", "bouton": "Voir le planning", "commune_nom": "Saint-Jean"}
    html = render_to_string(f"courriels/{gabarit}.html", contexte)
    assert "https://portail.example/la/" in render_to_string(f"courriels/{gabarit}.txt", contexte)
    assert re.search(r'<a href="https://portail\.example/la/"[^>]*>[^<]{8,}</a>', html)
    assert 'lang="fr"' in html
    assert not re.search(r"<img|<link|<script|url\(|class=", html)


def test_un_sujet_ne_glisse_pas_d_en_tete(smtp):
    ecrire(sujet="Bonjour\nBcc: tous@example.org")
    Facteur().tournee()
    assert smtp.recus == []
    assert seul().erreur.startswith("BadHeaderError")
