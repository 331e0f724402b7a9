"""IBAN and BIC: checked, shown in groups of four, and masked."""

from django.core.exceptions import ValidationError
from stdnum import bic as stdnum_bic
from stdnum import iban as stdnum_iban
from stdnum.exceptions import ValidationError as NumeroInvalide


def valider_iban(valeur: str) -> None:
    """Structure and check digits (ISO 13616, mod 97). Raises ValidationError."""
    try:
        # The national key (RIB) is part of what a mistyped French IBAN gets wrong.
        stdnum_iban.validate(valeur, check_country=True)
    except NumeroInvalide:
        raise ValidationError("Cet IBAN n’est pas valide : vérifiez-le sur votre relevé d’identité bancaire.") from None


def valider_bic(valeur: str) -> None:
    """8 or 11 characters (ISO 9362). Raises ValidationError."""
    try:
        stdnum_bic.validate(valeur)
    except NumeroInvalide:
        raise ValidationError("Ce BIC n’est pas valide : il compte 8 ou 11 caractères.") from None


def compacter(valeur: str) -> str:
    """« fr76 3000… » → « FR763000… »: how an IBAN or a BIC is stored."""
    return "".join(valeur.split()).upper()


def masquer(iban: str) -> str:
    """« FR76 •••• •••• 0189 »: enough to recognise one's account, not to use it."""
    compact = compacter(iban)
    return f"{compact[:4]} •••• •••• {compact[-4:]}" if len(compact) > 8 else ""
