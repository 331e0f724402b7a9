"""A date of birth: what it may be, and the age that it gives."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

# Nobody is looked after so late; the record of a child who has grown up can still be corrected.
ANS_AU_PLUS = 30


def naissance_passee(naissance: date) -> None:
    """PostgreSQL cannot hold it: a constraint knows no today. Raises ValidationError."""
    aujourd_hui = timezone.localdate()
    if naissance > aujourd_hui:
        raise ValidationError("Cette date de naissance est à venir.")
    if age(naissance, aujourd_hui) > ANS_AU_PLUS:
        raise ValidationError("Cette date de naissance est trop ancienne\u00a0: vérifiez l’année.")


def age(naissance: date, au: date) -> int:
    """In whole years; a child of 29 February is a year older on 1 March."""
    return au.year - naissance.year - ((au.month, au.day) < (naissance.month, naissance.day))
