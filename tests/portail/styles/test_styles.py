"""The style sheets and the templates hold together: nothing forgotten, nothing that the security policy blocks."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = settings.BASE_DIR / "static" / "css"
# An e-mail has no style sheet: its styles are its own.
# E-mails, papers, and what the proxy shows while no sheet can be fetched, carry their own.
SANS_FEUILLE = {"courriels", "pdf", "secours"}
GABARITS = [p for p in (settings.BASE_DIR / "templates").rglob("*.html") if not SANS_FEUILLE & set(p.parts)]


def _jetons_definis(texte: str) -> set[str]:
    return set(re.findall(r"^\s*(--[a-z0-9-]+):", texte, re.MULTILINE))


@pytest.mark.parametrize(("feuille", "noms"), [("couches", "composants"), ("administration", "admin")])
def test_chaque_nom_est_dans_sa_feuille(feuille, noms):
    importees = re.findall(rf'"({noms}/[a-z-]+\.css)"', (CSS / f"{feuille}.css").read_text())
    assert sorted(importees) == sorted(f"{noms}/{p.name}" for p in (CSS / noms).glob("*.css"))


def test_une_feuille_par_nom():
    trop_longues = [
        p.name for p in CSS.rglob("*.css") if "pdf" not in p.parts and len(p.read_text().splitlines()) > 200
    ]
    assert trop_longues == []


def test_chaque_couleur_claire_a_sa_couleur_sombre():
    clair, sombre = (CSS / "jetons.css").read_text().split("@media (prefers-color-scheme: dark)")
    couleurs = set(re.findall(r"(--[a-z0-9-]+): #", clair))
    # The ink on the sun is the same by day and by night.
    assert couleurs - set(re.findall(r"(--[a-z0-9-]+): #", sombre)) == {"--sur-soleil"}


def test_aucun_jeton_n_est_employe_sans_etre_defini():
    feuilles = [p for p in CSS.rglob("*.css") if p.parent.name in {"css", "composants", "admin"}]
    textes = [feuille.read_text() for feuille in feuilles]
    definis = set().union(*map(_jetons_definis, textes))
    employes = {nom for texte in textes for nom in re.findall(r"var\((--[a-z0-9-]+)", texte)}
    assert {nom for nom in employes - definis if not nom.startswith("--bs-")} == set()


@pytest.mark.parametrize("gabarit", GABARITS, ids=lambda p: str(p.relative_to(settings.BASE_DIR / "templates")))
def test_aucun_style_ni_script_dans_les_pages(gabarit: Path):
    texte = gabarit.read_text()
    assert re.findall(r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*\ssrc=)", texte) == []
