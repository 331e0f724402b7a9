"""Recovery codes: on paper, for the day without a phone. Each opens once; we keep only their prints."""

import secrets
from hashlib import sha256
from typing import ClassVar

from django.db import models

NOMBRE = 10
# Neither O nor 0, neither I nor 1: they are read on paper. Eighty bits: a print cannot be undone by trying.
ALPHABET, LETTRES, GROUPE = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 16, 4


class CodeDeSecours(models.Model):
    """One of them, as its print."""

    authentificateur = models.ForeignKey("famille.Authentificateur", models.CASCADE, related_name="codes")
    empreinte = models.CharField(max_length=64)

    class Meta:
        verbose_name = "code de secours"
        verbose_name_plural = "codes de secours"
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints = [
            models.UniqueConstraint(fields=["authentificateur", "empreinte"], name="un_code_de_secours_une_fois")
        ]

    def __str__(self) -> str:
        return f"Code de secours n°\u00a0{self.pk}"

    @classmethod
    def renouveler(cls, authentificateur: int) -> list[str]:
        """Ten new ones in the place of what is left, returned in clear: they are stored nowhere so."""
        codes = [_tirer() for _ in range(NOMBRE)]
        cls.objects.filter(authentificateur=authentificateur).delete()
        CodeDeSecours.objects.bulk_create(
            CodeDeSecours(authentificateur_id=authentificateur, empreinte=_empreinte(authentificateur, code))
            for code in codes
        )
        return codes

    @classmethod
    def depenser(cls, authentificateur: int, code: str) -> bool:
        """Whether it was one of them. It is not any more."""
        empreinte = _empreinte(authentificateur, code)
        return cls.objects.filter(authentificateur=authentificateur, empreinte=empreinte).delete()[0] > 0


def _tirer() -> str:
    """« ABCD-EFGH-JKLM-NPQR »."""
    lettres = "".join(secrets.choice(ALPHABET) for _ in range(LETTRES))
    return "-".join(lettres[debut : debut + GROUPE] for debut in range(0, LETTRES, GROUPE))


def _empreinte(authentificateur: int, code: str) -> str:
    """However it was typed: small letters, spaces, without hyphens."""
    lettres = "".join(signe for signe in code.upper() if signe in ALPHABET)
    return sha256(f"{authentificateur}:{lettres}".encode()).hexdigest()
