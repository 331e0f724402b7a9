"""What cannot be, for every form alike: a name without a letter, a vaccine to come, the income of a year to come.

PostgreSQL cannot hold most of it: a constraint knows no today. Each raises ValidationError, with one sentence.
"""

from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone

PREMIERE_ANNEE = 2000
UN_AN = timedelta(days=366)
PARTS_AU_PLUS = Decimal(20)
CHIFFRES_D_UN_TELEPHONE = 10

numero_d_allocataire = RegexValidator(
    r"^\d{5,10} ?[A-Za-z]?$",
    "Un numéro d’allocataire compte de 5 à 10 chiffres, parfois suivis d’une lettre.",
)
nom_de_personne = RegexValidator(r"[^\W\d_]", "Un nom contient au moins une lettre.")
nom_de_ville = RegexValidator(r"[^\W\d_]", "Un nom de ville contient au moins une lettre.")


def annee_de_revenus(annee: int) -> None:
    """Of a tax notice: those of a year that is over."""
    derniere = timezone.localdate().year - 1
    if not PREMIERE_ANNEE <= int(annee) <= derniere:
        raise ValidationError(f"Indiquez l’année des revenus, de {PREMIERE_ANNEE} à {derniere}.")


def parts_fiscales(parts: Decimal) -> None:
    """By quarters."""
    if parts > PARTS_AU_PLUS or parts % Decimal("0.25"):
        raise ValidationError("Un nombre de parts va par quarts\u00a0: 1\u00a0; 1,25\u00a0; 1,5\u00a0; 2\u00a0; 2,5…")


def date_d_un_quotient(effet: date) -> None:
    if not effet.year >= PREMIERE_ANNEE or effet > timezone.localdate() + UN_AN:
        raise ValidationError("Indiquez la date de l’attestation\u00a0: celle-ci est trop lointaine.")


def deja_fait(jour: date) -> None:
    """A vaccine, an examination: it has happened."""
    if jour > timezone.localdate():
        raise ValidationError("Cette date est à venir\u00a0: indiquez celle du dernier rappel.")


def encore_valable(jour: date) -> None:
    """The end of an insurance that is handed in today."""
    if jour < timezone.localdate():
        raise ValidationError("Cette assurance a expiré\u00a0: indiquez la fin de celle qui court.")
    if jour > timezone.localdate() + 5 * UN_AN:
        raise ValidationError("Cette date est trop lointaine\u00a0: vérifiez l’année.")


def arrivee_a_venir(jour: date) -> None:
    """From when a child would come."""
    if jour < timezone.localdate():
        raise ValidationError("Cette date est passée.")
    if jour > timezone.localdate() + 3 * UN_AN:
        raise ValidationError("Cette date est trop lointaine\u00a0: vérifiez l’année.")


def telephone_ecrit(texte: str) -> None:
    """A free text that holds a number: « 05 61 00 00 00 (secrétariat) »."""
    if sum(lettre.isdecimal() for lettre in texte) < CHIFFRES_D_UN_TELEPHONE:
        raise ValidationError("Un numéro de téléphone compte 10 chiffres.")
