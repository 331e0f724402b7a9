"""What no page can mean, answered before any page: one early « 400 », with our page, for the whole portal.

A browser that was given our forms never sends such a thing. PostgreSQL, `int()` and codecs choke on it.
"""

import codecs
import re
from collections.abc import Callable, Iterable
from urllib.parse import parse_qsl

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, UnreadablePostError

NUL = "\x00"
CHIFFRES_MAX = 18  # what a bigint always holds
NOMBRE_MAX = 10**CHIFFRES_MAX - 1
NOMBRE_DEMESURE = re.compile(rf"[0-9]{{{CHIFFRES_MAX + 1},}}")
# What is searched for may well be a long number: it is text.
RECHERCHES = {"q"}
# By the names that `codecs` gives them.
UTF_8 = "utf-8"
NOMS_D_UTF_8 = {UTF_8, "ascii"}
JEUX_DE_CARACTERES = NOMS_D_UTF_8 | {"iso8859-1", "iso8859-15", "cp1252"}


class RequeteSensee:
    """Lets in what a page may mean. Raises BadRequest on the rest."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _verifier_l_adresse(request)
        _verifier_les_entetes(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, vue: Callable[..., HttpResponse], args: tuple, kwargs: dict) -> None:
        """The numbers of the address; what was sent, but to a door that reads it by itself."""
        if any(isinstance(valeur, int) and valeur > NOMBRE_MAX for valeur in kwargs.values()):
            raise BadRequest("number in the path")
        if request.method == "POST" and not getattr(vue, "csrf_exempt", False):
            _verifier_l_envoi(request)


def _verifier_l_adresse(request: HttpRequest) -> None:
    _refuser_nul([request.path_info, request.path])
    for nom, valeur in parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True):
        _refuser_nul([nom, valeur])
        if nom not in RECHERCHES and NOMBRE_DEMESURE.search(valeur):
            raise BadRequest("number in the query")


def _verifier_les_entetes(request: HttpRequest) -> None:
    # A cookie may write NUL as « \000 » between quotes.
    _refuser_nul([*request.COOKIES, *request.COOKIES.values()])
    _refuser_nul(valeur for nom, valeur in request.META.items() if nom.startswith("HTTP_"))
    if NOMBRE_DEMESURE.search(request.headers.get("Range", "")):
        raise BadRequest("range")
    taille = request.META.get("CONTENT_LENGTH") or "0"
    if not (taille.isascii() and taille.isdecimal() and len(taille) <= CHIFFRES_MAX):
        raise BadRequest("length")
    jeu = (request.content_params or {}).get("charset")
    if jeu is None:
        return
    nom = _nom_du_jeu(jeu)
    if nom not in JEUX_DE_CARACTERES:
        request.encoding = UTF_8  # the page that refuses reads the form too
        raise BadRequest("charset")
    if nom in NOMS_D_UTF_8:
        request.encoding = UTF_8  # « utf8 » too, which Django refuses of a form


def _nom_du_jeu(jeu: str) -> str:
    """By the name that `codecs` gives it; empty if it has none."""
    try:
        return codecs.lookup(jeu).name
    except (LookupError, ValueError):
        return ""


def _verifier_l_envoi(request: HttpRequest) -> None:
    try:
        champs, fichiers = request.POST, request.FILES
    except UnreadablePostError:
        raise BadRequest("interrupted") from None
    except BadRequest:  # a form that says another charset than UTF-8: the page that refuses it reads it too
        request.encoding = UTF_8
        raise
    for nom, valeurs in champs.lists():
        _refuser_nul([nom, *valeurs])
    for nom, recus in fichiers.lists():
        _refuser_nul([nom, *(recu.name or "" for recu in recus)])


def _refuser_nul(textes: Iterable[str]) -> None:
    if any(NUL in texte for texte in textes):
        raise BadRequest("NUL")
