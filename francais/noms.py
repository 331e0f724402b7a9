"""Names as one looks for them and as a dictionary sorts them: whatever the accents, capitals, ligatures, hyphens.

One function folds them, for searches, logins, comparisons and order. PostgreSQL has the same one under the same name
(migration `socle.0003_replier`): a change here is a migration there, and a test compares both.
"""

import re
import unicodedata

from francais.mots import decomposer

_MINUSCULES = str.maketrans({chr(capitale): chr(capitale + 32) for capitale in range(ord("A"), ord("Z") + 1)})
# What stands between two words: all that is no letter nor digit in ASCII, Latin-1, modifiers and general punctuation.
_SEPARATEURS = re.compile(
    r"[\u0000-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u02b0-\u02ff\u2000-\u206f\u2212\u3000-\u303f]+"
)
# What joins two words in one name, as one types it or not: apostrophes, hyphens.
_JOINTURES = re.compile(r"['`\u00b4\u00b7\u02b9\u02bc\u2018\u2019\u2032\u2010-\u2015\u2212-]")


def replier(texte: str) -> str:
    """« D’ŒUVRE  Élise-Anne » → « d oeuvre elise anne ». Letters that are not Latin are left as they are."""
    return _SEPARATEURS.sub(" ", decomposer(texte).translate(_MINUSCULES)).strip(" ")


def coller(texte: str) -> str:
    """The same in one word: « doeuvreeliseanne »."""
    return replier(texte).replace(" ", "")


def formes(texte: str) -> str:
    """All the words by which a name is found: « Jean d’Arc » by « jean », « d », « arc », « darc », « jeandarc »."""
    return f"{replier(texte)} {replier(_JOINTURES.sub('', texte))} {coller(texte)}"


def ordre(nom: str, prenom: str = "") -> tuple[str, ...]:
    """To sort as a French dictionary: letter by letter, accents and capitals only between names otherwise alike."""
    return coller(nom), coller(prenom), unicodedata.normalize("NFC", nom), unicodedata.normalize("NFC", prenom)
