"""A date of birth: what it may be, and the age that it gives."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone


def naissance_passee(naissance: date) -> None:
    """PostgreSQL cannot hold it: a constraint knows no today. Raises ValidationError."""
    if naissance > timezone.localdate():
        raise ValidationError("Cette date de naissance est à venir.")


def age(naissance: date, au: date) -> int:
    """In whole years; a child of 29 February is a year older on 1 March."""
    return au.year - naissance.year - ((au.month, au.day) < (naissance.month, naissance.day))
