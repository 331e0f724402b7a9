"""What was typed, read in each of the ways it may be meant: words, a number, a telephone, an e-mail, « AL-36 »."""

import re
from dataclasses import dataclass

from francais import replier
from socle.recherche import mots_cherches

SAISIE_MAX = 100  # characters: a name, an address, never a letter
MOTS_MAX = 6
NUMERO_DE_FAMILLE = 13
# Fewer digits than that are everybody's.
CHIFFRES_MIN = 4
NUMERO_FRANCAIS = 9  # digits of a telephone, without the 0 or the +33

_TELEPHONE = re.compile(r"\+?[\d\s().\-/\u2010-\u2015]+")
_PREFIXE = re.compile(r"^(?:\+|00)33(?:\s*\(0\))?|^0")
_REFERENCE = re.compile(r"(?:facture |avoir |reglement )?([a-z]{2,4}) ?(\d{1,8})")
_NUMERO = re.compile(r"(?:demande |facture |avoir |reglement )?(?:n |no |numero )?(\d{1,8})")


@dataclass(frozen=True)
class Saisie:
    """`texte`: as it was typed, on one line."""

    texte: str

    @classmethod
    def lire(cls, texte: str) -> "Saisie":
        return cls(" ".join(texte.split())[:SAISIE_MAX])

    def __bool__(self) -> bool:
        return bool(self.texte)

    @property
    def mots(self) -> list[str]:
        """None of an e-mail, nor of what names an operation or a telephone."""
        if self.courriel or self.telephone or self.reference or self.numero:
            return []
        return mots_cherches(self.texte)[:MOTS_MAX]

    @property
    def courriel(self) -> str:
        """« sophie.martin@exa »: what has an @ in it."""
        return self.texte if "@" in self.texte and " " not in self.texte else ""

    @property
    def telephone(self) -> str:
        """Its digits, without what stands for France before them: « 06 11 22 33 44 » and « +33 (0)6.11… » are one."""
        if not _TELEPHONE.fullmatch(self.texte):
            return ""
        chiffres = re.sub(r"\D", "", _PREFIXE.sub("", self.texte))
        return chiffres if len(chiffres) >= CHIFFRES_MIN else ""

    @property
    def est_un_telephone_entier(self) -> bool:
        return len(self.telephone) == NUMERO_FRANCAIS

    @property
    def numero_de_famille(self) -> str:
        """All of it, or a part long enough: « 818331 »."""
        chiffres = re.sub(r"\s", "", self.texte)
        lisible = chiffres.isascii() and chiffres.isdecimal()
        return chiffres if lisible and CHIFFRES_MIN <= len(chiffres) <= NUMERO_DE_FAMILLE else ""

    @property
    def est_un_numero_de_famille_entier(self) -> bool:
        return len(self.numero_de_famille) == NUMERO_DE_FAMILLE

    @property
    def reference(self) -> tuple[str, int] | None:
        """« AL-36 », « al 36 », « facture AL36 »: the code of a régie and a number."""
        lue = None if self.numero else _REFERENCE.fullmatch(replier(self.texte))
        return (lue[1].upper(), int(lue[2])) if lue else None

    @property
    def numero(self) -> int | None:
        """« 36 », « demande n° 36 »: of an operation or of a request."""
        lu = _NUMERO.fullmatch(replier(self.texte))
        return int(lu[1]) if lu else None
