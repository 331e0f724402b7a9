"""Words: spaces that do not break, letters without their accents, texts cut short."""

import re
import unicodedata

INSECABLE = "\u00a0"
FINE = "\u202f"  # narrow no-break space: thousands, and before ; ! ?

COUPURE = re.compile(r"[ \t\r\n\f\v]+")  # where a line may break: never at the two above
# Letters that Unicode does not take apart by itself.
_SANS_DECOMPOSITION = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
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


def en_ascii(texte: str) -> str:
    """Without accents or ligatures; what is not ASCII then is a space: « Cœur d’été » → « Coeur d ete »."""
    decompose = unicodedata.normalize("NFKD", texte.translate(_SANS_DECOMPOSITION))
    return "".join(signe if signe.isascii() else " " for signe in decompose if not unicodedata.combining(signe))
