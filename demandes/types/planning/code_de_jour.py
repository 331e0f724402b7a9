"""A day of an inscription, as forms and requests write it: « 12:2015-04-08 »."""

from datetime import date

# Beyond, the calendar's own arithmetic ends.
ANNEES = range(2000, 2100)


def lire_jour(code: str) -> tuple[int, date] | None:
    """« 12:2015-04-08 » → (12, 8 April 2015). None if it cannot be read."""
    inscription, _, texte = code.partition(":")
    try:
        cle, jour = int(inscription), date.fromisoformat(texte)
    except ValueError:
        return None
    return (cle, jour) if jour.year in ANNEES else None


def ecrire_jour(cle: int, jour: date) -> str:
    return f"{cle}:{jour.isoformat()}"
