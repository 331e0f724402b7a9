"""Words: spaces that do not break, letters without their accents, texts cut short."""

import re
import unicodedata
from collections.abc import Iterable

INSECABLE = "\u00a0"
FINE = "\u202f"  # narrow no-break space: thousands, and before ; ! ?

COUPURE = re.compile(r"[ \t\r\n\f\v]+")  # where a line may break: never at the two above
_ELIDE = re.compile(r"[aeiou]|y(?![aeiouy])", re.IGNORECASE)  # before « Yves », not before « Yanis »
# Combining marks, wherever Unicode puts them.
_MARQUES = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
# Letters that Unicode does not take apart by itself.
_LETTRES = "øØłŁđĐðÐħĦıȷĸŧŦŋŊƀɃɓƁƈƇɖƉɗƊƒƑɠƓɨƗƙƘƚȽɲƝƥƤƭƬʈƮʋƲƴƳƶƵǥǤȥȤɛƐɔƆəƏǝƎȼȻʉɄɇɆɉɈɍɌɏɎ"
_BARREES = "oOlLdDdDhHijktTnNbBbBcCdDdDfFgGiIkKlLnNpPtTtTvVyYzZgGzZeEoOeEeEcCuUeEjJrRyY"
_SANS_DECOMPOSITION = str.maketrans(_LETTRES, _BARREES) | str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ẞ": "SS", "þ": "th", "Þ": "TH"}
)


def oui_non(valeur: bool) -> str:
    return "Oui" if valeur else "Non"


def abrege(texte: str, longueur: int) -> str:
    """On one line. What has more characters than that is cut between two words, and ends with « … »."""
    if len(texte.rstrip()) <= longueur:
        return COUPURE.sub(" ", texte.strip())
    # One character more tells whether the last word is whole.
    *mots, _ = COUPURE.split(texte[: longueur + 1].lstrip())
    debut = " ".join(mots) or COUPURE.sub(" ", texte.strip())[:longueur]
    return debut.rstrip(f" .,:;-–«(\u00a0{FINE}") + "…"


def insecable(texte: str) -> str:
    """The same words on one line, wherever the line breaks."""
    return texte.replace(" ", INSECABLE)


def decomposer(texte: str) -> str:
    """Latin letters without accents, bars or ligatures; all the rest as it is."""
    return _MARQUES.sub("", unicodedata.normalize("NFKD", texte).translate(_SANS_DECOMPOSITION))


def en_ascii(texte: str) -> str:
    """Without accents or ligatures; what is not ASCII then is a space: « Cœur d’été » → « Coeur d ete »."""
    return "".join(signe if signe.isascii() else " " for signe in decomposer(texte) if not unicodedata.combining(signe))


def de(nom: str) -> str:
    """« d’Aaron », « d’Yves », « de Léa », « de Yanis », « de Hugo »."""
    return f"d’{nom}" if _ELIDE.match(en_ascii(nom)) else f"de {nom}"


def enumerer(mots: Iterable[str]) -> str:
    """« a », « a et b », « a, b et c »."""
    *debut, fin = list(mots) or [""]
    return f"{', '.join(debut)} et {fin}" if debut else fin
