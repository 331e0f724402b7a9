"""Names that are a slip of the hand away from what was typed. Asked only where nothing was found."""

from collections.abc import Iterable, Iterator

from famille.models import Enfant, Responsable
from francais import coller, replier
from francais.proches import fautes_admises, sont_proches

# Beyond, one had better type more of it.
PROCHES_MAX = 12


def mots_proches(mots: Iterable[str]) -> list[list[str]]:
    """For each word, itself and those of the names in the town that are near. One query, bounded by the number of
    different names, not by that of people."""
    connus = sorted(_mots_connus())
    return [[mot, *_proches(mot, connus)] for mot in mots]


def _mots_connus() -> set[str]:
    noms = Responsable.objects.noms_et_prenoms().union(Enfant.objects.connus().noms_et_prenoms(), all=True)
    return {mot for nom in noms for mot in _mots(nom)}


def _mots(nom: str) -> Iterator[str]:
    """The words that a search finds it by, the short way round for most names: « DUPONT », « Léa »."""
    if nom.isascii() and nom.isalpha():
        yield nom.lower()
    else:
        yield from replier(nom).split()
        yield coller(nom)


def _proches(mot: str, connus: list[str]) -> list[str]:
    """One slip away; two only if nothing is nearer, and the first letter is right."""
    admises = fautes_admises(mot)
    if not admises:
        return []
    a_une_faute = [connu for connu in connus if connu != mot and sont_proches(mot, connu, 1)]
    if a_une_faute or admises == 1:
        return a_une_faute[:PROCHES_MAX]
    initiale = mot[0]
    return [connu for connu in connus if connu[0] == initiale and sont_proches(mot, connu, admises)][:PROCHES_MAX]
