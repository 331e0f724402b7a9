"""The places of the days that are asked for. A pending request holds its own: the day is not full against itself."""

from datetime import date

import francais
from planning.places.restantes import Effectif

COMPLET = "Complet"


def note_de_places(effectif: Effectif, *, tenue: bool) -> str:
    """What an agent must know of them; nothing if there are enough. `tenue`: this request holds one."""
    if not effectif.est_complet:
        return ""
    if tenue and not effectif.deborde:
        return "1\u00a0place, demandée par cette famille"
    return COMPLET


def depassement(effectif: Effectif, jour: date, prestation: str) -> str:
    """« Le mercredi 8 avril, 4 enfants sont attendus pour 3 places : ALSH Mercredi. »"""
    enfants = francais.pluriel(effectif.attendus, "enfant est attendu", "enfants sont attendus")
    places = francais.pluriel(effectif.places or 0, "place")
    return f"Le {francais.jour_et_mois(jour)}, {enfants} pour {places}\u00a0: {prestation}."
