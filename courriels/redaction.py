"""The text of an e-mail, made as it leaves: its template, what came with it, and what never lies in a table."""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from courriels.models import Courriel

Preparation = Callable[[Courriel], dict]

# By template, what completes `contexte` at departure: a secret is made then, and never lies anywhere. The app that owns
# the template declares it when it is ready. May raise SansObjet.
PREPARATIONS: dict[str, Preparation] = {}


def rediger(courriel: Courriel) -> EmailMultiAlternatives:
    """The message as it leaves now. Raises SansObjet, or what its template raises."""
    contexte = _contexte(courriel)
    message = EmailMultiAlternatives(
        subject=courriel.sujet,
        body=render_to_string(f"courriels/{courriel.gabarit}.txt", contexte),
        to=[courriel.destinataire],
        headers={"Message-ID": _identifiant(courriel), "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string(f"courriels/{courriel.gabarit}.html", contexte), "text/html")
    return message


def _contexte(courriel: Courriel) -> dict:
    preparer = PREPARATIONS.get(courriel.gabarit)
    contexte = courriel.contexte | (preparer(courriel) if preparer else {})
    return contexte | {
        "lien": settings.PORTAIL_ADRESSE.rstrip("/") + contexte.get("chemin", "/"),
        "sujet": courriel.sujet,
        "commune_nom": settings.COMMUNE_NOM,
        "centre_nom": settings.CENTRE_NOM,
        "centre_telephone": settings.CENTRE_TELEPHONE,
    }


def _identifiant(courriel: Courriel) -> str:
    """The same at each try: if a worker dies between the server's « OK » and our commit, mailboxes see one."""
    domaine = settings.CENTRE_COURRIEL.rpartition("@")[2]
    return f"<{hashlib.sha256(f'{courriel.cle} {courriel.destinataire}'.encode()).hexdigest()[:40]}@{domaine}>"
