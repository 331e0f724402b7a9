"""Values that no form of ours sends, at every address of portal and admin: never a « 500 », never a raw page.

Bounded, and the same at each run: each address draws its values from its own name.
"""

from collections.abc import Iterator
from html.parser import HTMLParser
from random import Random

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from demandes.models import MotifUsuel
from socle.entree import JEUX_DE_CARACTERES
from tests.adresses import ADRESSES, MODELES, Adresse, Modele, Troupe
from tests.fabriques import CompteFactory
from tests.maison.test_cloisons import _chemin, lignes, troupe

__all__ = ["lignes", "troupe"]

NUL = "\x00"
VALEURS = [
    "",
    NUL,
    f"a{NUL}b",
    "abc",
    "-1",
    "0",
    "9" * 10,
    "9" * 20,
    "9" * 4_400,
    "1e400",
    "NaN",
    "Infinity",
    "²",
    "٣",
    "0001-01-01",
    "9999-12-31",
    "2015-02-30",
    "31/12/9999",
    "01/01/0001",
    "99:99",
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "\ufdfa" * 90,
    "x" * 70_000,
    "[]",
    '{"a": 1}',
    "a,b,,c",
    "../../etc/passwd",
    "'; DROP TABLE famille_famille; --",
    "%s%n%00",
    "\U0001f600",
]
ENTETES: list[dict[str, str]] = [
    {"Range": "bytes=" + "9" * 4_400 + "-"},
    {"Range": "bytes=-" + "9" * 20},
    {"Range": "bytes=9-1,,2-"},
    {"Cookie": 'portail_session="\\000abc"'},
    {"Cookie": "portail_session=" + "x" * 5_000 + "; csrftoken=\\"},
    {"If-Modified-Since": "Fri, 31 Dec 99999 23:59:59 GMT"},
    {"If-None-Match": '"\\'},
    {"Referer": "http://[", "Accept": "text/html"},
    {"X-Forwarded-For": "abc, ,"},
    {"Accept-Language": "x" * 5_000},
]
TYPES = [
    "text/html; charset=hex",
    "application/x-www-form-urlencoded; charset=rot13",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=nimporte",
    "multipart/form-data",
    "multipart/form-data; boundary=" + "x" * 300,
    "application/json",
]
PARAMETRES = ["q", "o", "p", "page", "all", "e", "_popup", "_to_field", "_changelist_filters", "next", "annee", "mois"]
PARAMETRES += ["jour", "jours", "prestation", "famille", "enfant", "suivi", "etat", "app_label", "model_name", "refdet"]
CHAMPS_MAX, PARAMETRES_MAX, CHEMINS_MAX = 4, 4, 3


class Champs(HTMLParser):
    """What the forms of a page send, as it is."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.valeurs: dict[str, str] = {}
        self.choix = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = dict(attrs)
        if tag in {"input", "textarea", "select", "button"} and a.get("name"):
            self.choix = a["name"] or ""
            self.valeurs.setdefault(self.choix, a.get("value") or "")
        if tag == "option" and "selected" in a and self.choix:
            self.valeurs[self.choix] = a.get("value") or ""


def _visiter(client: Client, methode: str, *args: object, **options: object) -> HttpResponse:
    """Whatever it writes is undone."""
    client.raise_request_exception = False
    with transaction.atomic():
        reponse = getattr(client, methode)(*args, **options)
        reponse.getvalue()  # reads a file to its end, which closes it
        transaction.set_rollback(True)
    return reponse


def _juger(reponse: HttpResponse, *quoi: object) -> list[str]:
    """What is wrong with that answer, and what brought it."""
    erreur = getattr(reponse, "exc_info", None)
    contenu = b"" if reponse.streaming else reponse.content
    crue = reponse.status_code >= 400 and contenu and b'lang="fr"' not in contenu
    if reponse.status_code < 500 and not crue:
        return []
    return [f"{reponse.status_code} {[str(q)[:80] for q in quoi]} {erreur and repr(erreur[1])[:200]}"]


def _attaquer(client: Client, chemin: str, hasard: Random, parametres: list[str]) -> list[str]:
    fautes = []
    for parametre in hasard.sample(parametres, min(PARAMETRES_MAX, len(parametres))):
        valeur = hasard.choice(VALEURS)
        fautes += _juger(_visiter(client, "get", chemin, {parametre: valeur}), chemin, parametre, valeur)
    for entetes in hasard.sample(ENTETES, 2):
        visiteur = client if "Cookie" not in entetes else Client()
        fautes += _juger(_visiter(visiteur, "get", chemin, headers=entetes), chemin, entetes)
    for type_mime in hasard.sample(TYPES, 1):
        fautes += _juger(_visiter(client, "generic", "POST", chemin, b"a=1&b=%00", type_mime), chemin, type_mime)
    impossibles = list(_chemins(chemin, hasard))
    for mauvais in hasard.sample(impossibles, min(CHEMINS_MAX, len(impossibles))):
        fautes += _juger(_visiter(client, "get", mauvais), mauvais)
    page = _visiter(client, "get", chemin)
    est_une_page = page.status_code == 200 and page["Content-Type"].startswith("text/html")
    champs = Champs(page.content.decode()).valeurs if est_une_page else {}
    noms = sorted(champs) or ["a"]
    for nom in hasard.sample(noms, min(CHAMPS_MAX, len(noms))):
        valeur = hasard.choice(VALEURS)
        fautes += _juger(_visiter(client, "post", chemin, {**champs, nom: valeur}), chemin, "POST", nom, valeur)
    fautes += _juger(
        _visiter(client, "post", chemin, dict.fromkeys(noms, hasard.choice(VALEURS))), chemin, "POST, everywhere"
    )
    return fautes


def _chemins(chemin: str, hasard: Random) -> Iterator[str]:
    """The same address, one part of it at a time made impossible."""
    parties = chemin.strip("/").split("/")
    for rang, partie in enumerate(parties):
        if partie.isdecimal() or rang == len(parties) - 1:
            for valeur in ["9" * 20, "9" * 4_400, "%00", "0", "9999", hasard.choice(["1", "13", "99999", "²", "%FF"])]:
                yield "/" + "/".join([*parties[:rang], valeur, *parties[rang + 1 :]]) + "/"


@pytest.mark.parametrize("adresse", ADRESSES, ids=lambda adresse: adresse.nom)
def test_aucune_valeur_ne_casse_une_page(adresse: Adresse, troupe: Troupe):
    client = Client()
    if adresse.nom.startswith("admin:"):
        client.force_login(CompteFactory(is_staff=True, is_superuser=True))
    elif adresse.visiteur != 200:
        client.force_login(troupe.dupont.compte)
    fautes = _attaquer(client, adresse.chemin(troupe), Random(adresse.nom), PARAMETRES)
    assert not fautes, "\n".join(fautes)


@pytest.mark.parametrize("modele", MODELES, ids=lambda modele: modele.nom)
def test_aucune_valeur_ne_casse_une_page_d_administration(modele: Modele, lignes):
    client = Client()
    client.force_login(CompteFactory(is_staff=True, is_superuser=True))
    hasard, fautes = Random(modele.nom), []
    for page in ("changelist", "add", "change", "delete"):
        parametres = _parametres(modele) if page == "changelist" else _noms(modele)
        fautes += _attaquer(client, _chemin(modele, page), hasard, parametres)
    liste = _chemin(modele, "changelist")
    actions = admin.site._registry[apps.get_model(modele.nom)].actions or ["delete_selected"]
    for action in actions:
        nom = action if isinstance(action, str) else action.__name__
        for valeur in ("abc", "9" * 20, NUL, ""):
            envoi = {"action": nom, "_selected_action": valeur, "index": "9" * 20}
            fautes += _juger(_visiter(client, "post", liste, envoi), liste, nom, valeur)
    assert not fautes, "\n".join(fautes)


def _noms(modele: Modele) -> list[str]:
    return [champ.name for champ in apps.get_model(modele.nom)._meta.get_fields()] + ["_popup", "_to_field", "next"]


def _parametres(modele: Modele) -> list[str]:
    classe = apps.get_model(modele.nom)
    filtres = [f"{nom}__{suffixe}" for nom in _noms(modele) for suffixe in ("exact", "gte", "isnull", "in")]
    dates = [f"{champ.name}__year" for champ in classe._meta.fields if "Date" in type(champ).__name__]
    noms = [f.parameter_name for f in admin.site._registry[classe].list_filter if hasattr(f, "parameter_name")]
    return [*PARAMETRES, *filtres, *(dates * 3), *(noms * 3)]


class TestCeQuAucunePageNeVeut:
    @pytest.mark.parametrize(
        "chemin",
        [
            "/%00/",
            "/enfants/" + "9" * 20 + "/",
            "/connexion/?next=%00",
            "/releve/?annee=" + "9" * 20,
        ],
    )
    def test_une_adresse_impossible_a_notre_page(self, client, chemin):
        reponse = client.get(chemin)
        assert reponse.status_code == 400
        assert "n’a pas compris cette demande" in reponse.content.decode()

    def test_un_nombre_que_rien_ne_lit_n_est_pas_une_adresse(self, client, db):
        reponse = client.get("/enfants/" + "9" * 4_400 + "/")
        assert (reponse.status_code, "Cette page n’existe pas" in reponse.content.decode()) == (404, True)

    @pytest.mark.parametrize("entetes", [{"Range": "bytes=" + "9" * 20 + "-"}, {"Cookie": 'a="\\000"'}])
    def test_un_entete_impossible(self, client, entetes):
        assert client.get("/connexion/", headers=entetes).status_code == 400

    @pytest.mark.parametrize("jeu", ["hex", "rot13", "nimporte", "utf-16"])
    def test_un_jeu_de_caracteres_inconnu(self, client, jeu):
        reponse = client.generic("POST", "/connexion/", b"a=1", f"text/plain; charset={jeu}")
        assert reponse.status_code == 400

    @pytest.mark.parametrize("jeu", ["utf-7", "utf-16", "nimporte", "iso-8859-1"])
    def test_un_formulaire_d_un_autre_jeu_a_notre_page_sous_la_garde_de_son_jeton(self, db, jeu):
        # The page that refuses is guarded by the token too, and reads the form once more.
        navigateur = Client(enforce_csrf_checks=True, raise_request_exception=False)
        navigateur.get("/connexion/")
        reponse = navigateur.generic("POST", "/connexion/", b"a=1", f"application/x-www-form-urlencoded; charset={jeu}")
        assert reponse.status_code == 400
        assert "n’a pas compris cette demande" in reponse.content.decode()

    @pytest.mark.parametrize("jeu", ["utf-8", "UTF8", "us-ascii"])
    def test_un_formulaire_qui_dit_utf_8_autrement_est_lu(self, client, db, jeu):
        reponse = client.generic("POST", "/connexion/", b"a=1", f"application/x-www-form-urlencoded; charset={jeu}")
        assert reponse.status_code != 400

    def test_un_long_nombre_se_cherche(self, admin_client):
        assert admin_client.get("/admin/famille/famille/", {"q": "9" * 30}).status_code == 200

    def test_ceux_qu_on_connait_entrent(self):
        assert {"utf-8", "iso8859-1"} <= JEUX_DE_CARACTERES

    @pytest.mark.parametrize("identifiant", ["x" * 256, "\ufdfa" * 60])
    def test_un_identifiant_demesure_n_est_celui_de_personne(self, client, db, identifiant):
        reponse = client.post("/connexion/", {"username": identifiant, "password": "Plombieres21"})
        assert reponse.status_code == 200
        assert reponse.context["form"].errors

    def test_l_administration_dit_qu_elle_ne_comprend_pas(self, client, db):
        client.force_login(CompteFactory(is_staff=True, is_superuser=True))
        motif = MotifUsuel.objects.order_by("pk").first() or MotifUsuel.objects.create(texte="Complet")
        reponse = client.get(reverse("admin:demandes_motifusuel_change", args=[motif.pk]), {"_to_field": ""})
        assert reponse.status_code == 400
        assert "une valeur que la page ne comprend pas" in reponse.content.decode()
