"""Periods from … to …, both days included, whose end may be open: how they are asked for, and kept from overlapping.

For models that have the fields `du` and `au`. PostgreSQL's own GiST knows ranges, and not integers: no extension here.
"""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields.ranges import RangeOperators
from django.core.exceptions import ValidationError
from django.db.models import Deferrable, F, Func, Q, Value

DANS_L_ORDRE = "La fin doit suivre le début."


def un_seul(champ: str) -> Func:
    """A range that holds one id: equal ids overlap.

    `champ`: the field's name. By that of its column, a form would compare every row with itself.
    """
    return Func(F(champ), F(champ), Value("[]"), function="int8range")


def du_au() -> Func:
    """The period as a range."""
    return Func(F("du"), F("au"), Value("[]"), function="daterange")


def sans_chevauchement(
    nom: str, *champs: str, message: str = "", deferrable: Deferrable | None = None
) -> ExclusionConstraint:
    """Two rows with the same ids in those fields never hold on the same day. `message`: what a form says of it."""
    egaux = [(un_seul(champ), RangeOperators.OVERLAPS) for champ in champs]
    return ExclusionConstraint(
        name=nom,
        expressions=[*egaux, (du_au(), RangeOperators.OVERLAPS)],
        deferrable=deferrable,
        violation_error_message=message or None,
    )


def dans_l_ordre() -> Q:
    """The end does not precede the beginning. For a CheckConstraint."""
    return Q(au__isnull=True) | Q(au__gte=F("du"))


def entre(du: date, au: date, de: str = "") -> Q:
    """In force on some day from `du` to `au`. `de`: what leads to the fields, « tarif__ »."""
    return (Q(**{f"{de}au__isnull": True}) | Q(**{f"{de}au__gte": du})) & Q(**{f"{de}du__lte": au})


def couvre(du: date, au: date | None, jour: date) -> bool:
    return du <= jour and (au is None or jour <= au)


def refuser_le_desordre(du: date | None, au: date | None) -> None:
    """Says so on the field `au`: Django then leaves alone the constraints on it, and PostgreSQL has no reversed range
    to choke on."""
    if du is not None and au is not None and au < du:
        raise ValidationError({"au": DANS_L_ORDRE})
