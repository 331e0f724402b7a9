"""Passwords: the rule that parents are shown, the hasher, and temporary passwords."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError


class Argon2id(Argon2PasswordHasher):
    """Argon2id at OWASP's minimum: 19 MiB, two passes, one lane."""

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1


@dataclass(frozen=True)
class Regle:
    """One line of the rule. `code` is what the page's script ticks."""

    code: str
    texte: str
    respectee_par: Callable[[str], bool]


# The four lines of the guide; the floor of CNIL 2022-100 with the lockout of django-axes.
REGLES = (
    Regle("longueur", "8 caractères minimum", lambda mot: len(mot) >= 8),
    Regle("majuscule", "Au moins 1 majuscule", lambda mot: any(c.isupper() for c in mot)),
    Regle("minuscule", "Au moins 1 minuscule", lambda mot: any(c.islower() for c in mot)),
    Regle("chiffre", "Au moins 1 chiffre", lambda mot: any(c.isdecimal() for c in mot)),
)


class RegleDuGuide:
    """Password validator: names each line that is not respected."""

    def validate(self, password: str, user: object = None) -> None:
        manques = [regle for regle in REGLES if not regle.respectee_par(password)]
        if manques:
            raise ValidationError(
                [ValidationError(f"Il doit contenir\u00a0: {r.texte.lower()}.", code=r.code) for r in manques]
            )

    def get_help_text(self) -> str:
        return "Votre mot de passe doit contenir\u00a0: " + ", ".join(r.texte.lower() for r in REGLES) + "."


# Neither 0/O nor 1/l/I: a temporary password is read from paper.
_MAJUSCULES, _MINUSCULES, _CHIFFRES = "ABCDEFGHJKMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz", "23456789"


def mot_de_passe_provisoire() -> str:
    """Twelve characters that respect the rule and read without doubt on paper (about 65 bits)."""
    while True:
        mot = "".join(secrets.choice(_MAJUSCULES + _MINUSCULES + _CHIFFRES) for _ in range(12))
        if all(regle.respectee_par(mot) for regle in REGLES):
            return mot
