"""The text of an e-mail, made as it leaves: its template, what came with it, and what never lies in a table."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from courriels.models import Courriel
from courriels.textes.origine import TEXTES
from socle.reglages.centre import expediteur, la_commune, le_centre, repondre_a

Preparation = Callable[[Courriel], dict]

# By template, what completes `contexte` at departure: a secret is made then, and never lies anywhere. The app that owns
# the template declares it when it is ready. May raise SansObjet.
PREPARATIONS: dict[str, Preparation] = {}


@dataclass(frozen=True)
class Groupe:
    """How several e-mails of a group are told as one, by `courriels/groupe_<name>.txt` and `.html`."""

    sujet: Callable[[int], str]  # of how many
    chemin: str


# By name. The app that writes them declares it when it is ready.
GROUPES: dict[str, Groupe] = {}


def rediger(courriel: Courriel) -> EmailMultiAlternatives:
    """The message as it leaves now. Raises SansObjet, or what its template raises."""
    return _message(courriel, courriel.gabarit, _contexte(courriel))


def rediger_ensemble(courriels: Sequence[Courriel]) -> EmailMultiAlternatives:
    """Several of one group, told as one, in that order."""
    premier, groupe = courriels[0], GROUPES[courriels[0].groupe]
    contexte = _contexte(premier) | {
        "sujet": groupe.sujet(len(courriels)),
        "lien": settings.PORTAIL_ADRESSE.rstrip("/") + groupe.chemin,
        "ensemble": [_contexte(courriel) for courriel in courriels],
    }
    return _message(premier, f"groupe_{premier.groupe}", contexte)


def _message(courriel: Courriel, gabarit: str, contexte: dict) -> EmailMultiAlternatives:
    modele = TEXTES.get(gabarit)
    if modele and (regle := modele.regle(contexte)):
        contexte |= {"sujet": regle.sujet, "texte": regle.texte, "corps": regle.corps, "pied": modele.pied}
        contexte.setdefault("bouton", modele.bouton)
        gabarit = "texte_regle"
    message = EmailMultiAlternatives(
        subject=contexte["sujet"],
        body=render_to_string(f"courriels/{gabarit}.txt", contexte),
        from_email=expediteur(),
        to=[courriel.destinataire],
        reply_to=repondre_a(),
        headers={"Message-ID": _identifiant(courriel), "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string(f"courriels/{gabarit}.html", contexte), "text/html")
    return message


def _contexte(courriel: Courriel) -> dict:
    preparer = PREPARATIONS.get(courriel.gabarit)
    centre = le_centre()
    contexte = courriel.contexte | courriel.prive | (preparer(courriel) if preparer else {})
    return contexte | {
        "lien": settings.PORTAIL_ADRESSE.rstrip("/") + contexte.get("chemin", "/"),
        "sujet": courriel.sujet,
        "commune_nom": la_commune().nom,
        "centre_nom": centre.nom,
        "centre_telephone": centre.telephone,
        "couleur": centre.couleur,
    }


def _identifiant(courriel: Courriel) -> str:
    """The same at each try: if a worker dies between the server's « OK » and our commit, mailboxes see one."""
    domaine = settings.CENTRE_COURRIEL.rpartition("@")[2]
    return f"<{hashlib.sha256(f'{courriel.cle} {courriel.destinataire}'.encode()).hexdigest()[:40]}@{domaine}>"
