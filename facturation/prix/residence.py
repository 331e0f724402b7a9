"""Whether a famille lives in the town, by the name of its town: « SAINT - JEAN » is Saint-Jean."""

import re
from functools import lru_cache

from francais import en_ascii
from socle.reglages.centre import la_commune


def habite_la_commune(ville: str) -> bool:
    """An address that nobody has filled in has the prices of the town: agents are told, the famille does not pay."""
    return habite(ville, la_commune().nom)


def habite(ville: str, commune: str) -> bool:
    """The same, of any town."""
    return not ville.strip() or _lettres(ville) == _lettres(commune)


@lru_cache(maxsize=1024)
def _lettres(ville: str) -> str:
    """Letters alone, without accents or case; « St » is « Saint »."""
    mots = re.findall(r"[a-z]+", en_ascii(ville).lower())
    return "".join({"st": "saint", "ste": "sainte"}.get(mot, mot) for mot in mots)
