"""IBAN and BIC: checked, shown in groups of four, and masked."""

from django.core.exceptions import ValidationError
from stdnum import bic as stdnum_bic
from stdnum import iban as stdnum_iban
from stdnum.exceptions import ValidationError as NumeroInvalide

# How a RIB counts letters: A and J are 1, B, K and S are 2…
_CHIFFRE_DU_RIB = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")


def valider_iban(valeur: str) -> None:
    """Structure and check digits (ISO 13616, mod 97), and the key of a French account. Raises ValidationError."""
    try:
        iban = stdnum_iban.validate(valeur)
        # Mod 97 does not see « 2M » typed « M2 »: the national key does.
        if iban[:2] in {"FR", "MC"} and iban[-2:] != cle_rib(iban[4:-2]):
            raise NumeroInvalide
    except NumeroInvalide:
        raise ValidationError(
            "Cet IBAN n’est pas valide\u00a0: vérifiez-le sur votre relevé d’identité bancaire."
        ) from None


def cle_rib(compte: str) -> str:
    """The two digits that end a French account: `compte` is bank (5), branch (5) and number (11 characters)."""
    chiffres = compte.translate(_CHIFFRE_DU_RIB)
    banque, guichet, numero = int(chiffres[:5]), int(chiffres[5:10]), int(chiffres[10:])
    return f"{97 - (89 * banque + 15 * guichet + 3 * numero) % 97:02}"


def valider_bic(valeur: str) -> None:
    """8 or 11 characters (ISO 9362). Raises ValidationError."""
    try:
        stdnum_bic.validate(valeur)
    except NumeroInvalide:
        raise ValidationError("Ce BIC n’est pas valide\u00a0: il compte 8 ou 11 caractères.") from None


def compacter(valeur: str) -> str:
    """« fr76-3000 … » → « FR763000… »: how an IBAN or a BIC is stored."""
    return stdnum_iban.compact("".join(valeur.split()))


def masquer(iban: str) -> str:
    """« FR76 •••• •••• 0189 »: enough to recognise one's account, not to use it."""
    compact = compacter(iban)
    return f"{compact[:4]} •••• •••• {compact[-4:]}" if len(compact) > 8 else ""
