"""Numbers, sums, counts and telephones as they are printed."""

from decimal import ROUND_HALF_UP, Decimal

import phonenumbers

from francais.mots import FINE, insecable


def nombre(valeur: Decimal | int, decimales: int = 0) -> str:
    """« 1 234,50 »: decimal comma, thin spaces. Rounds half up. Never give it a float."""
    arrondi = Decimal(valeur).quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP)
    return f"{arrondi:,}".replace(",", FINE).replace(".", ",")


def euros(montant: Decimal | int) -> str:
    """« 1 234,50 € », « −3,60 € »: with the sign of a sum below zero, not a hyphen."""
    return f"{nombre(montant, 2)}\u00a0€".replace("-", "−")


def telephone(numero: phonenumbers.PhoneNumber | str) -> str:
    """« 01 02 03 04 05 »; a foreign number keeps its country code; what is no number is left as it is."""
    if isinstance(numero, str):
        try:
            return telephone(phonenumbers.parse(numero, "FR"))
        except phonenumbers.NumberParseException:
            return numero
    national = phonenumbers.PhoneNumberFormat.NATIONAL
    international = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    texte = phonenumbers.format_number(numero, national if numero.country_code == 33 else international)
    return insecable(texte)


def pluriel(n: int, singulier: str, au_pluriel: str = "") -> str:
    """« 0 enfant », « 1 enfant », « 2 enfants »: in French, the plural starts at two."""
    mot = singulier if abs(n) < 2 else (au_pluriel or singulier + "s")
    return f"{nombre(n)}\u00a0{mot}"
