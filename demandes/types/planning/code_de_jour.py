"""A day of an inscription, as forms and requests write it: « 12:2015-04-08 »."""

from datetime import date

# Its inscription, its date.
Jour = tuple[int, date]
# Beyond, the calendar's own arithmetic ends.
ANNEES = range(2000, 2100)


def se_lit(code: str) -> bool:
    """Of what a browser sends: anything."""
    try:
        lire_jour(code)
    except ValueError:
        return False
    return True


def lire_jour(code: str) -> tuple[int, date]:
    """« 12:2015-04-08 » → (12, 8 April 2015). Raises ValueError."""
    inscription, _, texte = code.partition(":")
    cle, jour = int(inscription), date.fromisoformat(texte)
    if jour.year not in ANNEES:
        raise ValueError(f"No calendar says anything of {jour}.")
    return cle, jour


def ecrire_jour(cle: int, jour: date) -> str:
    return f"{cle}:{jour.isoformat()}"
