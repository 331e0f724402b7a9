"""The project holds together: templates, models, migrations, static files, and what every page owes its reader."""

import ast
import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection
from django.template import Template
from django.template.loader import get_template
from django.test import Client

from tests.adresses import ADRESSES, Adresse, Troupe

RACINE = Path(settings.BASE_DIR)
APPLICATIONS = ["portail", "demandes", "facturation", "messagerie", "planning", "famille", "courriels", "socle"]
MODULES = [
    module
    for nom in [*APPLICATIONS, "francais"]
    for module in sorted((RACINE / nom).rglob("*.py"))
    if "migrations" not in module.parts
]
GABARITS = sorted(g for g in (RACINE / "templates").rglob("*") if g.is_file())
LIGNES_MAX, MODULES_MAX = 300, 12
# Templates that Django looks for by name: errors, CSRF, and its own admin's that ours replace.
CHERCHES_PAR_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}


def _relatif(fichier: Path) -> str:
    return str(fichier.relative_to(RACINE))


# --- Python ---------------------------------------------------------------------------------------

# What betrays a naive clock, a date written in English, or money counted in binary.
APPELS_INTERDITS = {"today", "utcnow", "strftime", "float"}


def _appels(module: Path) -> set[str]:
    arbre = ast.parse(module.read_text())
    appeles = {noeud.func for noeud in ast.walk(arbre) if isinstance(noeud, ast.Call)}
    noms = {appele.id for appele in appeles if isinstance(appele, ast.Name)}
    attributs = {appele for appele in appeles if isinstance(appele, ast.Attribute)}
    horloges = {
        "datetime.now"
        for a in attributs
        if a.attr == "now" and isinstance(a.value, ast.Name) and a.value.id != "timezone"
    }
    return noms | {appele.attr for appele in attributs} | horloges


def test_un_module_ne_lit_que_l_horloge_du_portail_et_ne_compte_pas_en_flottants():
    fautes = {_relatif(module): _appels(module) & (APPELS_INTERDITS | {"datetime.now"}) for module in MODULES}
    assert {module: appels for module, appels in fautes.items() if appels} == {}


def test_un_module_reste_court_et_dit_pourquoi_il_existe():
    textes = {module: module.read_text() for module in MODULES}
    longueurs = {_relatif(module): len(texte.splitlines()) for module, texte in textes.items()}
    assert {module: lignes for module, lignes in longueurs.items() if lignes > LIGNES_MAX} == {}
    a_expliquer = (module for module in MODULES if module.name not in {"__init__.py", "apps.py"})
    assert [_relatif(module) for module in a_expliquer if not ast.get_docstring(ast.parse(textes[module]))] == []


def test_une_chambre_a_une_douzaine_de_modules_et_un_test_reste_court():
    """The tests, the bench and the pictures too: nobody likes to live in a crowded room."""
    tout = {m for nom in ("tests", "bench", "captures", "mutants") for m in (RACINE / nom).rglob("*.py")} | set(MODULES)
    assert {_relatif(m) for m in tout if len(m.read_text().splitlines()) > LIGNES_MAX} == set()
    chambres = Counter(m.parent for m in tout if m.name != "__init__.py")
    assert {_relatif(chambre): n for chambre, n in chambres.items() if n > MODULES_MAX} == {}


@pytest.mark.parametrize("modele", [m for a in APPLICATIONS for m in apps.get_app_config(a).get_models()], ids=str)
def test_un_modele_porte_un_nom_francais(modele):
    assert {"verbose_name", "verbose_name_plural"} <= set(modele._meta.original_attrs)


def test_les_migrations_sont_completes(db):
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    except SystemExit:
        pytest.fail("A model differs from its migrations: manage.py makemigrations.")


# --- Templates ------------------------------------------------------------------------------------

NOM_DE_GABARIT = re.compile(r"^[\w/.-]+\.(html|txt)$")
APPEL_DE_GABARIT = re.compile(r"\{% (?:include|extends) [\"']([^\"']+)[\"']")


@cache
def _demandes_par_python() -> set[str]:
    textes = {
        noeud.value
        for module in MODULES
        for noeud in ast.walk(ast.parse(module.read_text()))
        if isinstance(noeud, ast.Constant) and isinstance(noeud.value, str)
    }
    # An e-mail is named without its folder nor its suffix: its text and its HTML both leave. A group, by its own name.
    nommes = (textes | {f"groupe_{texte}" for texte in textes}) & _noms_de_courriels()
    courriels = {f"courriels/{nom}{suffixe}" for nom in nommes for suffixe in (".txt", ".html")}
    return {texte for texte in textes if NOM_DE_GABARIT.match(texte)} | courriels


def _noms_de_courriels() -> set[str]:
    return {gabarit.stem for gabarit in GABARITS if gabarit.parent.name == "courriels"}


def _demandes_par_gabarit() -> set[str]:
    return {nom for gabarit in GABARITS for nom in APPEL_DE_GABARIT.findall(gabarit.read_text())}


def _remplace_un_autre(nom: str) -> bool:
    """Whether an installed package has a template of that name, or asks for one (the admin, by model)."""
    racines = [Path(a.path) / "templates" for a in apps.get_app_configs()]
    if any((racine / nom).is_file() for racine in racines):
        return True
    parties = nom.split("/")
    return parties[0] == "admin" and any((racine / "admin" / parties[-1]).is_file() for racine in racines)


def test_aucun_gabarit_n_est_orphelin():
    presents = {str(g.relative_to(RACINE / "templates")) for g in GABARITS}
    demandes = _demandes_par_python() | _demandes_par_gabarit() | CHERCHES_PAR_DJANGO
    assert {nom for nom in presents - demandes if not _remplace_un_autre(nom)} == set()


def test_chaque_gabarit_demande_existe():
    """Not one test for each: every process would read the whole house to name them."""
    demandes = _demandes_par_gabarit() | {nom for nom in _demandes_par_python() if "/" in nom}
    assert {nom for nom in demandes if get_template(nom).template.name != nom} == set()


# Before : ; ! ? » and after « stands a space that does not break; and an apostrophe is curly.
FAUTE = re.compile(r"« | [»;!?:](?=[\s»\"<.,]|$)")
APOSTROPHE = re.compile(r"\w'\w")
SANS_TEXTE = re.compile(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", re.DOTALL)


@pytest.mark.parametrize("gabarit", GABARITS, ids=_relatif)
def test_un_gabarit_est_en_bon_francais(gabarit: Path):
    texte = SANS_TEXTE.sub("x", gabarit.read_text())
    assert [ligne for ligne in texte.splitlines() if FAUTE.search(ligne) or APOSTROPHE.search(ligne)] == []


def test_une_phrase_d_un_module_est_en_bon_francais():
    fautes = {_relatif(module): _mal_ecrites(module) for module in MODULES if "management" not in module.parts}
    assert {module: phrases for module, phrases in fautes.items() if phrases} == {}


def _mal_ecrites(module: Path) -> list[str]:
    arbre = ast.parse(module.read_text())
    docstrings = {n.value for n in ast.walk(arbre) if isinstance(n, ast.Expr)}
    phrases = (
        noeud.value
        for noeud in ast.walk(arbre)
        if isinstance(noeud, ast.Constant) and isinstance(noeud.value, str) and noeud not in docstrings
    )
    return [phrase for phrase in phrases if FAUTE.search(phrase)]


# --- Static files ---------------------------------------------------------------------------------

REFERENCE_CSS = re.compile(r"url\([\"']?([^\"')]+)[\"']?\)|@import [\"']([^\"']+)[\"']")
FEUILLES = sorted((RACINE / "static").rglob("*.css"))


@pytest.mark.parametrize("feuille", FEUILLES, ids=_relatif)
def test_une_feuille_de_style_ne_demande_que_ce_qui_existe(feuille: Path):
    dossier = feuille.relative_to(RACINE / "static").parent
    for groupes in REFERENCE_CSS.findall(feuille.read_text()):
        reference = next(filter(None, groupes))
        if not reference.startswith(("data:", "#")):
            assert finders.find(str((Path("/") / dossier / reference).resolve().relative_to("/"))), reference


# --- Pages ----------------------------------------------------------------------------------------

PAGES = [a for a in ADRESSES if a.est_une_page and a.dupont == 200 and a.nom != "sante"]
ids_des_pages = [page.nom for page in PAGES]


@pytest.fixture
def troupe(dupont, martin, nouveau, agent, agent_sans_droit) -> Troupe:
    return Troupe(dupont, martin, nouveau, agent, agent_sans_droit)


@pytest.fixture
def client_dupont(dupont) -> Client:
    client = Client()
    client.force_login(dupont.compte)
    # The first page of a session writes to it.
    client.get("/accessibilite/")
    return client


class Page(HTMLParser):
    """What we look at in a page: tags with their attributes, and the text of the title."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.balises: list[tuple[str, dict[str, str | None]]] = []
        self.titre = ""
        self._dans_le_titre = False
        self.feed(html)

    def handle_starttag(self, balise: str, attributs: list[tuple[str, str | None]]) -> None:
        self.balises.append((balise, dict(attributs)))
        self._dans_le_titre = balise == "title"

    def handle_data(self, texte: str) -> None:
        if self._dans_le_titre:
            self.titre, self._dans_le_titre = texte, False

    def attributs_de(self, balise: str) -> list[dict[str, str | None]]:
        return [attributs for nom, attributs in self.balises if nom == balise]


@pytest.mark.parametrize("adresse", PAGES, ids=ids_des_pages)
def test_une_page_a_sa_langue_son_titre_et_un_seul_h1(adresse: Adresse, client_dupont, troupe):
    page = Page(client_dupont.get(adresse.chemin(troupe)).content.decode())
    assert page.attributs_de("html") == [{"lang": "fr"}]
    assert page.titre.endswith(" · Portail famille · Saint-Jean")
    assert not page.titre.startswith(" ·")
    assert len(page.attributs_de("h1")) == 1
    identifiants = [attributs["id"] for _, attributs in page.balises if "id" in attributs]
    assert len(identifiants) == len(set(identifiants))


@pytest.mark.parametrize("adresse", PAGES, ids=ids_des_pages)
def test_une_page_n_a_ni_style_ni_script_en_ligne(adresse: Adresse, client_dupont, troupe):
    page = Page(client_dupont.get(adresse.chemin(troupe)).content.decode())
    attributs = {nom for _, attributs in page.balises for nom in attributs}
    assert not {nom for nom in attributs if nom == "style" or nom.startswith("on")}
    assert page.attributs_de("style") == []
    assert all(script.get("src") for script in page.attributs_de("script"))


@pytest.mark.parametrize("adresse", PAGES, ids=ids_des_pages)
def test_une_page_ne_demande_que_des_fichiers_qui_existent(adresse: Adresse, client_dupont, troupe):
    page = Page(client_dupont.get(adresse.chemin(troupe)).content.decode())
    adresses = {attributs.get(nom) for _, attributs in page.balises for nom in ("href", "src")}
    fichiers = {a.removeprefix("/static/") for a in adresses if a and a.startswith("/static/")}
    assert fichiers
    assert {fichier for fichier in fichiers if not finders.find(fichier)} == set()
    ailleurs = {a for a in adresses if a and a.startswith(("http:", "https:", "//"))}
    assert not {a for _, attributs in page.balises if (a := attributs.get("src")) in ailleurs}


def test_les_titres_distinguent_les_pages(client_dupont, troupe):
    titres = [Page(client_dupont.get(a.chemin(troupe)).content.decode()).titre for a in PAGES]
    assert len(titres) == len(set(titres))


# --- Queries: how many is judged in test_croissance.py ---------------------------------------------


@pytest.fixture
def gabarits_sans_base(monkeypatch):
    """Any query that starts while a template is rendered raises."""

    def refuser(execute, sql, params, many, context):
        raise AssertionError(f"A query starts in a template: {sql}")

    rendu = Template.render

    def rendre(gabarit, contexte):
        with connection.execute_wrapper(refuser):
            return rendu(gabarit, contexte)

    monkeypatch.setattr(Template, "render", rendre)


@pytest.mark.parametrize("adresse", PAGES, ids=ids_des_pages)
def test_aucune_requete_ne_part_d_un_gabarit(adresse: Adresse, client_dupont, troupe, gabarits_sans_base):
    chemin = adresse.chemin(troupe)
    assert client_dupont.get(chemin).status_code == 200
    if adresse.visiteur == 200:
        assert Client().get(chemin).status_code == 200
