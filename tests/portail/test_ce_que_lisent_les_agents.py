"""Every page of the admin, as each group reads it in a populated town: French, formatted, told apart, no whole IBAN."""

import re
from dataclasses import dataclass
from datetime import date, time
from html import unescape
from itertools import count

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from famille.models import Compte, InformationsBancaires, LectureConfidentielle
from planning.models import Prestation, Structure
from socle.octroi.table import ACCUEIL, ANIMATION, DIRECTION, REGIE
from tests import fabriques
from tests.adresses import Troupe
from tests.croissance import AUJOURD_HUI, VilleQuiGrandit
from tests.maison.test_croissance import pages_des_agents, pages_des_parents
from tests.portail.test_libelles import mots_sans_accent

pytestmark = pytest.mark.lent

GROUPES = (ACCUEIL, ANIMATION, REGIE, DIRECTION)
# What Python says of nothing, what Django and packages say in English, what ISO 8601 makes of a day, JSON of an amount.
ETRANGER = re.compile(
    r"\b(?:None|True|False|null|Can (?:add|change|delete|view)|Add|Changed?|Deleted?|View|History|Save|Search|Filter|"
    r"Tasks?|Results?|Status|[Aa]ccess|[Aa]ttempts?|Failures?|Log entry|Backend|Database|Traceback|Queue|Enqueued|"
    r"Started|Finished|Priority|Ready|Running|Successful|Failed|Email|Username|Password|Group|Today|Yes|No)\b"
    # A typewriter's apostrophe.
    r"|\w+'\w+"
    r"|\b\d+\.\d{2}\b|\b\d{4}-\d{2}-\d{2}\b"
)
SANS_TEXTE = re.compile(r"<(script|style|template)\b.*?</\1>|<!--.*?-->", re.DOTALL)
BALISE = re.compile(r"<[^>]*>")
ETIQUETTE = re.compile(r"<(label|th|h2|h3|summary|legend|button)\b[^>]*>(.*?)</\1>", re.DOTALL)
LISTE = re.compile(r"<select\b[^>]*?name=\"([^\"]*)\"[^>]*>(.*?)</select>", re.DOTALL)
OPTION = re.compile(r"<option\b[^>]*>(.*?)</option>", re.DOTALL)
FILTRE = re.compile(r"<details data-filter-title=\"([^\"]*)\"[^>]*>(.*?)</details>", re.DOTALL)
LIGNE = re.compile(r"<li\b[^>]*>(.*?)</li>", re.DOTALL)
CASES = re.compile(
    r"<label\b[^>]*>\s*<input\b[^>]*type=\"(?:checkbox|radio)\"[^>]*name=\"([^\"]*)\"[^>]*>(.*?)</label>", re.DOTALL
)
# « Il n’y a »: right both ways.
PERMIS = {"a"}


@pytest.fixture(autouse=True)
def aujourd_hui(time_machine) -> None:
    time_machine.move_to(f"{AUJOURD_HUI}T10:00:00+02:00", tick=False)


@pytest.fixture
def troupe(dupont, martin, nouveau, agent, agent_sans_droit) -> Troupe:
    return Troupe(dupont, martin, nouveau, agent, agent_sans_droit)


@pytest.fixture
def ville(troupe) -> VilleQuiGrandit:
    """A town where much is alike."""
    ville = VilleQuiGrandit(troupe)
    ville.grandir(2)
    for rang in (1, 2):
        structure = Structure.objects.create(nom=f"École {rang}")
        Prestation.objects.create(nom="Garderie du soir", structure=structure, heure_debut=time(17), heure_fin=time(18))
        famille = fabriques.ResponsableFactory(nom="ROUX", prenom="Anna", role="titulaire").famille
        for autre in (famille, None):
            lui = {"nom": "ROUX", "prenom": "Tom", "classe": "CE1", "date_naissance": date(2008, 5, 1)}
            fabriques.EnfantFactory(famille=autre, **lui) if autre else fabriques.EnfantFactory(**lui)
    LectureConfidentielle.objects.noter(troupe.dupont.enfants[0], par=troupe.agent)
    return ville


def compte_de(groupe: str) -> Compte:
    compte = fabriques.CompteFactory(is_staff=True)
    compte.groups.add(Group.objects.get(name=groupe))
    return compte


def superutilisateur() -> Compte:
    return fabriques.CompteFactory(identifiant="chef", is_staff=True, is_superuser=True)


@dataclass(frozen=True)
class Lue:
    """A page as it was answered."""

    qui: str
    nom: str
    html: str

    @property
    def texte(self) -> str:
        return en_texte(self.html)

    @property
    def etiquettes(self) -> list[str]:
        return [en_texte(contenu) for _, contenu in ETIQUETTE.findall(SANS_TEXTE.sub(" ", self.html))]

    def choix(self) -> dict[str, list[str]]:
        """What each picker and filter proposes."""
        html = SANS_TEXTE.sub(" ", self.html)
        listes = {nom: OPTION.findall(contenu) for nom, contenu in LISTE.findall(html)}
        filtres = {f"filtre {titre}": LIGNE.findall(contenu) for titre, contenu in FILTRE.findall(html)}
        cases: dict[str, list[str]] = {}
        for nom, contenu in CASES.findall(html):
            cases.setdefault(f"cases {nom}", []).append(contenu)
        return {nom: [en_texte(un) for un in lus] for nom, lus in (listes | filtres | cases).items()}


def en_texte(html: str) -> str:
    return " ".join(unescape(BALISE.sub(" ", SANS_TEXTE.sub(" ", html))).split())


def lire(qui: str, compte: Compte, pages: dict[str, str]) -> list[Lue]:
    client = Client()
    client.force_login(compte)
    reponses = ((nom, client.get(chemin)) for nom, chemin in pages.items())
    return [Lue(qui, nom, r.text) for nom, r in reponses if r.status_code == 200 and "html" in r["Content-Type"]]


@pytest.mark.lent
def test_tout_se_lit_en_francais_et_aucun_iban_entier(troupe, ville):
    pages = dict(pages_des_agents(troupe))
    entiers = {str(compte.iban) for compte in InformationsBancaires.objects.all()} - {""}
    sans_accent = mots_sans_accent() - PERMIS
    lecteurs = {groupe: compte_de(groupe) for groupe in GROUPES} | {"superutilisateur": superutilisateur()}
    lues = [page for qui, compte in lecteurs.items() for page in lire(qui, compte, pages)]
    assert entiers
    assert {page.qui for page in lues} == lecteurs.keys()
    etrangers = {(page.nom, mot) for page in lues for mot in ETRANGER.findall(page.texte)}
    assert etrangers == set()
    nus = {
        (p.nom, mot) for p in lues for e in p.etiquettes for mot in re.findall(r"\w+", e.lower()) if mot in sans_accent
    }
    assert nus == set()
    serrees = ((page.nom, re.sub(r"\s|\u00a0", "", page.html)) for page in lues)
    assert {nom for nom, html in serrees if any(iban in html for iban in entiers)} == set()


def test_les_parents_non_plus_ne_lisent_aucun_iban_entier(troupe, ville):
    entier = str(troupe.dupont.famille.informations_bancaires.iban)
    lues = lire("dupont", troupe.dupont.compte, dict(pages_des_parents(troupe)))
    masques = [page.nom for page in lues if "•••• ••••" in page.html]
    assert "famille:mon_compte" in masques
    assert [page.nom for page in lues if entier in re.sub(r"\s", "", page.html)] == []


def test_deux_choix_ne_sont_jamais_pareils(troupe, ville):
    pages = dict(pages_des_agents(troupe)) | {
        "candidats": f"{reverse('admin:planning_inscription_groupe')}",
    }
    lues = lire("superutilisateur", superutilisateur(), pages)
    proposes = {(page.nom, nom): choix for page in lues for nom, choix in page.choix().items()}
    # The town has what could be alike, and the pickers that would show it.
    assert ("admin:facturation_tarif_add", "prestation") in proposes
    assert ("admin:planning_inscription_changelist", "filtre prestation") in proposes
    assert {ou: choix for ou, choix in proposes.items() if len(set(choix)) != len(choix)} == {}


def test_deux_propositions_ne_sont_jamais_pareilles(client, troupe, ville):
    client.force_login(superutilisateur())
    pour = [
        ("planning", "inscription", "enfant"),
        ("famille", "rattachement", "enfant"),
        ("famille", "rattachement", "famille"),
        ("famille", "quotientfamilial", "famille"),
        ("famille", "enfant", "ecole"),
    ]
    for app, modele, champ in pour:
        proposes: list[str] = []
        for numero in count(1):
            criteres = {"app_label": app, "model_name": modele, "field_name": champ, "term": "", "page": numero}
            reponse = client.get(reverse("admin:autocomplete"), criteres).json()
            proposes += [un["text"] for un in reponse["results"]]
            if not reponse["pagination"]["more"]:
                break
        assert len(proposes) > 2
        assert len(set(proposes)) == len(proposes)


def test_deux_enfants_pareils_a_cocher_se_distinguent(client, ville):
    """By the famille who would pay, and by their birth."""
    famille = fabriques.ResponsableFactory(nom="ROUX").famille
    fabriques.EnfantFactory(famille=famille, nom="ROUX", prenom="Tom", classe="CE1", date_naissance=date(2009, 5, 1))
    client.force_login(superutilisateur())
    page = client.post(reverse("admin:planning_inscription_groupe"), {"chercher": "1", "q": "roux tom"})
    trouves = Lue("", "", page.text).choix()["cases choix"]
    assert len(trouves) == 3
    assert len(set(trouves)) == 3
