"""Taking places: the days are locked, then counted, and refused if one of them is full. See `verrous` for who waits."""

from collections.abc import Iterable
from datetime import date

from planning.places.restantes import effectifs, jours_limites
from planning.places.verrous import verrouiller_jours
from planning.regles.refus import complet


def prendre(prestation: int, nom: str, jours: Iterable[date], *, au_dela: bool) -> list[date]:
    """Hold those days until the end of the transaction. Raises Complet if one of them has no place left.

    `au_dela`: raises nothing, and returns the days that were full: whoever exceeds them has to say so.
    """
    limites = jours_limites(prestation, jours)
    if not limites:
        return []
    verrouiller_jours(prestation, limites)
    comptes = effectifs({prestation: limites})
    pleins = [jour for jour in limites if comptes[prestation, jour].est_complet]
    if pleins and not au_dela:
        raise complet(nom, pleins[0])
    return pleins


def refuser_le_trop_plein(prestation: int, nom: str, jours: Iterable[date]) -> None:
    """Raises Complet if there is one child too many on one of those days, who has just been written."""
    for (_, jour), effectif in sorted(effectifs({prestation: list(jours)}).items()):
        if effectif.deborde:
            raise complet(nom, jour)
