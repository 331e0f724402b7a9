"""Passwords: the rule that parents are shown, the hasher, and temporary passwords."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError

from famille.mots_de_passe_courants import contient, est_courant, lettres

SEPARATEURS = re.compile(r"[\W_\d]+")


class Argon2id(Argon2PasswordHasher):
    """Argon2id at OWASP's minimum: 19 MiB, two passes, one lane."""

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1


@dataclass(frozen=True)
class Regle:
    """One line of the rule, and the sentence of its refusal: read by the owner, or by who makes the account.

    `code` is what the page's script ticks; `respectee_par` takes the password and the words of its owner: names,
    identifiant, address.
    """

    code: str
    texte: str
    refus: str
    respectee_par: Callable[[str, frozenset[str]], bool]


# The four lines of the guide, the floor of CNIL 2022-100 with the lockout of django-axes; then what is guessed first.
REGLES = (
    Regle(
        "longueur",
        "8 caractères minimum",
        "Il doit compter au moins 8\u00a0caractères.",
        lambda mot, siens: len(mot) >= 8,
    ),
    Regle(
        "majuscule",
        "Au moins 1 majuscule",
        "Il doit contenir au moins 1\u00a0majuscule.",
        lambda mot, siens: any(c.isupper() for c in mot),
    ),
    Regle(
        "minuscule",
        "Au moins 1 minuscule",
        "Il doit contenir au moins 1\u00a0minuscule.",
        lambda mot, siens: any(c.islower() for c in mot),
    ),
    Regle(
        "chiffre",
        "Au moins 1 chiffre",
        "Il doit contenir au moins 1\u00a0chiffre.",
        lambda mot, siens: any(c.isdecimal() for c in mot),
    ),
    Regle(
        "courant",
        "Pas un mot courant suivi de chiffres",
        "Il ne doit pas être un mot courant suivi de chiffres.",
        lambda mot, siens: not est_courant(mot),
    ),
    Regle(
        "sien",
        "Ni votre nom, prénom, identifiant ou adresse, ni le nom d’un enfant",
        "Il ne doit contenir ni le nom, ni le prénom, ni l’identifiant, ni l’adresse de qui se connecte, ni le nom "
        "d’un de ses enfants.",
        lambda mot, siens: not contient(mot, siens),
    ),
)


class RegleDuGuide:
    """Password validator: names each line that is not respected."""

    def validate(self, password: str, user: object = None) -> None:
        siens = mots_de(user)
        manques = [regle for regle in REGLES if not regle.respectee_par(password, siens)]
        if manques:
            raise ValidationError([ValidationError(regle.refus, code=regle.code) for regle in manques])

    def get_help_text(self) -> str:
        return "Règles du mot de passe\u00a0: " + ", ".join(_minuscule(r.texte) for r in REGLES) + "."


def mots_de(compte: object) -> frozenset[str]:
    """What others know of an account's owner, folded: names, identifiant, the address before its « @ », children."""
    responsable = getattr(compte, "responsable", None)
    personnes = [compte, responsable]
    connus = [str(getattr(p, champ, "") or "") for p in personnes if p for champ in ("nom", "prenom", "identifiant")]
    connus += [str(getattr(p, "email", "") or "").partition("@")[0] for p in personnes if p]
    if responsable and responsable.famille_id:
        connus += [mot for noms in responsable.famille.enfants.values_list("nom", "prenom") for mot in noms]
    mots = {lettres(mot) for connu in connus for mot in (connu, *SEPARATEURS.split(connu))}
    return frozenset(mot for mot in mots if len(mot) >= 3)


def _minuscule(texte: str) -> str:
    return texte[:1].lower() + texte[1:]


# Neither 0/O nor 1/l/I: a temporary password is read from paper.
_MAJUSCULES, _MINUSCULES, _CHIFFRES = "ABCDEFGHJKMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz", "23456789"


def mot_de_passe_provisoire() -> str:
    """Twelve characters that respect the rule and read without doubt on paper (about 65 bits)."""
    while True:
        mot = "".join(secrets.choice(_MAJUSCULES + _MINUSCULES + _CHIFFRES) for _ in range(12))
        if all(regle.respectee_par(mot, frozenset()) for regle in REGLES):
            return mot
