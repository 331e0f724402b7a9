"""The middleware that lets a form act once: the double click, the retry, « back » and the second tab.

Django's token proves where a form comes from. Ours is drawn anew for each form (socle.templatetags.envois), so it also
tells one form from another: it is spent in the transaction of the act, under a unique constraint. A script that sends
again what the network lost draws its own, and says it in « Idempotency-Key »: what it was answered, in JSON, is said
again.
"""

import json
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import cast

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeData, mark_safe

import francais
from socle.envois.plus_tard import PlusTard
from socle.envois.saisie import JETON, Saisie
from socle.fichiers.depot import tout_ou_rien
from socle.models import FormulaireEnvoye

Vue = Callable[..., HttpResponseBase]
CLE_D_UN_SCRIPT = "Idempotency-Key"
# Locks of several verbs, taken in one transaction, may meet those of somebody else: PostgreSQL undoes one of the two.
ESSAIS, INTERBLOCAGE = 3, "40P01"
Phrases = list[tuple[int, str, str, bool]]  # level, text, tags, whether it is HTML of ours


class UnSeulEnvoi:
    """The last of all: what another middleware refuses was not sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, vue: Vue, args: tuple, options: dict) -> HttpResponseBase | None:
        """Calls the view itself, in a transaction. What a server sends us (`csrf_exempt`) has its own rules."""
        if request.method != "POST" or getattr(vue, "csrf_exempt", False):
            return None
        deja_dits = len(_dits(request))
        for reste in reversed(range(ESSAIS)):
            try:
                return _une_fois(request, partial(vue, request, *args, **options))
            except PlusTard as refus:
                entetes = {"Retry-After": str(refus.revenir)}
                return TemplateResponse(request, "503.html", {"phrase": refus}, status=503, headers=entetes)
            except OperationalError as erreur:
                if reste == 0 or getattr(erreur.__cause__, "pgcode", "") != INTERBLOCAGE:
                    raise
                del _dits(request)[deja_dits:]
        return None


def _une_fois(request: HttpRequest, agir: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The act, its files and its token, in one transaction."""
    with tout_ou_rien():
        envoi, nouveau = _prendre(request)
        if not nouveau:
            return _redire(request, envoi)
        session = request.session.session_key
        reponse = agir()
        suite = _suite(request, reponse)
        # What signs in or out is carried by its answer: it cannot be said twice.
        if suite and request.session.session_key == session:
            envoi.clore(suite)
        else:
            envoi.rendre()
    return reponse


def _prendre(request: HttpRequest) -> tuple[FormulaireEnvoye, bool]:
    """Of two at once, the second waits here for what the first will have done."""
    jeton = request.POST.get(JETON) or request.headers.get(CLE_D_UN_SCRIPT, "")
    if not jeton:  # a script that sends once; a test
        return FormulaireEnvoye(), True
    cle = sha256("|".join([jeton, str(request.user.pk), request.path]).encode()).hexdigest()
    return FormulaireEnvoye.objects.get_or_create(jeton=cle, defaults={"empreinte": _empreinte(request)})


def _empreinte(request: HttpRequest) -> str:
    """Of what was typed and chosen: the same form may come back with something else in it."""
    champs = sorted((nom, valeurs) for nom, valeurs in request.POST.lists() if nom != JETON)
    fichiers = sorted((nom, [(f.name, f.size) for f in recus]) for nom, recus in request.FILES.lists())
    # Keyed: who has a dump tries in vain what somebody may have typed.
    return salted_hmac("socle.envois", json.dumps([champs, fichiers]), algorithm="sha256").hexdigest()


# --- What the first led to -------------------------------------------------------------------------------


def _suite(request: HttpRequest, reponse: HttpResponseBase) -> dict[str, object]:
    """Where it led, and what it said. Nothing if it was refused, asked something, or gave a file: it may come again."""
    dits = _dits(request)
    if any(message.level >= messages.ERROR for message in dits):
        return {}
    phrases = [[m.level, str(m.message), m.extra_tags, isinstance(m.message, SafeData)] for m in dits]
    if isinstance(reponse, HttpResponseRedirect):
        return {"vers": reponse.url, "phrases": phrases}
    if isinstance(reponse, JsonResponse) and reponse.status_code == 200:
        return {"json": json.loads(reponse.content), "phrases": phrases}
    if popup := (getattr(reponse, "context_data", None) or {}).get("popup_response_data"):
        return {"popup": popup, "phrases": phrases}
    return {}


def _dits(request: HttpRequest) -> list[Message]:
    """What this request says, and only that: Django has no public name for it."""
    return getattr(messages.get_messages(request), "_queued_messages", [])


def _redire(request: HttpRequest, envoi: FormulaireEnvoye) -> HttpResponseBase:
    """The same leads where the first led; something else is asked about, and loses nothing."""
    vers = str(envoi.suite.get("vers") or request.get_full_path())
    if envoi.empreinte != _empreinte(request):
        heure = francais.heure(timezone.localtime(envoi.le).time())
        contexte = {"saisie": Saisie.de(request), "heure": heure, "vers": vers}
        return TemplateResponse(request, "deja_envoye.html", contexte, status=409)
    if "json" in envoi.suite:
        return JsonResponse(envoi.suite["json"])
    _redire_les_phrases(request, cast(Phrases, envoi.suite["phrases"]))
    if popup := envoi.suite.get("popup"):
        return TemplateResponse(request, "admin/popup_response.html", {"popup_response_data": popup})
    return HttpResponseRedirect(vers)


def _redire_les_phrases(request: HttpRequest, phrases: Phrases) -> None:
    """Beside those that no page has shown yet: perhaps the same."""
    dites = list(messages.get_messages(request))
    for niveau, texte, etiquettes, sure in phrases:
        phrase = Message(niveau, mark_safe(texte) if sure else texte, etiquettes)  # ours, written as such
        if phrase not in dites:
            dites.append(phrase)
    for phrase in dites:
        messages.add_message(request, phrase.level, phrase.message, phrase.extra_tags or "")
