"""The whole sheets: one file each, all that is ours, and of Bootstrap all that a page says."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, override_settings

from portail.statiques import assemblage
from portail.statiques.chercheur import FEUILLES, FeuillesEntieres
from portail.statiques.inemployees import classes
from tests.adresses import ADRESSES, Troupe

PAGES = [a for a in ADRESSES if a.est_une_page and a.dupont == 200 and a.nom != "sante"]


def _lire(nom: str) -> str:
    return Path(finders.find(nom)).read_text()


@pytest.mark.parametrize("feuille", FEUILLES)
def test_une_feuille_entiere_n_en_demande_aucune_autre(feuille):
    assert "@import" not in _lire(feuille)


def test_les_couches_gardent_leur_ordre():
    assert re.findall(r"@layer ([a-z]+)", _lire("css/couches.css")) == ["bootstrap", "jetons", "base", "composants"]


def test_ce_que_l_on_ecrit_de_neuf_se_lit_sur_un_navigateur_de_2022():
    feuille = _lire("css/couches.css")
    assert "&" not in re.sub(r'"[^"]*"|url\([^)]*\)', "", feuille)  # no nesting is left
    assert not re.search(r"@media[^{]*[<>]=", feuille)  # nor ranges of widths


def test_rien_de_ce_qui_est_a_nous_ne_se_perd(monkeypatch):
    abregee = _lire("css/couches.css")
    monkeypatch.setattr(assemblage, "classes_inemployees", lambda bootstrap: set())
    sources = [chercheur for chercheur in finders.get_finders() if not isinstance(chercheur, FeuillesEntieres)]
    complete = assemblage.assembler(["css/couches.css"], sources)["css/couches.css"]
    assert len(abregee) < len(complete) / 2
    assert abregee.partition("@layer jetons")[2] == complete.partition("@layer jetons")[2]


def test_aucune_classe_de_bootstrap_ne_manque_aux_pages(dupont, martin, nouveau, agent, agent_sans_droit):
    client = Client()
    client.force_login(dupont.compte)
    troupe = Troupe(dupont, martin, nouveau, agent, agent_sans_droit)
    pages = [client.get(adresse.chemin(troupe)).content.decode() for adresse in PAGES]
    portees = {
        classe for page in pages for attribut in re.findall(r'class="([^"]*)"', page) for classe in attribut.split()
    }
    de_bootstrap = classes(_lire(assemblage.BOOTSTRAP))
    assert {"btn-primary", "form-control", "visually-hidden"} <= portees & de_bootstrap
    assert portees & de_bootstrap - classes(_lire("css/couches.css")) == set()


def test_le_developpement_lit_les_sources(settings):
    with override_settings(DEBUG=True):
        assert finders.find("css/couches.css") == str(settings.BASE_DIR / "static/css/couches.css")


def test_une_feuille_inchangee_garde_sa_date(tmp_path):
    feuille = tmp_path / "css" / "a.css"
    assemblage.ecrire(str(feuille), "a{b:c}")
    date = feuille.stat().st_mtime_ns
    assemblage.ecrire(str(feuille), "a{b:c}")
    assert feuille.stat().st_mtime_ns == date
    assemblage.ecrire(str(feuille), "a{b:d}")
    assert feuille.read_text() == "a{b:d}"
    assert [p.name for p in feuille.parent.iterdir()] == ["a.css"]
