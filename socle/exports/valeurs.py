"""What a list shows, as values: the amount and the date that a page writes in French, read back. Pure."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from html import unescape

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeData

from francais import FINE, oui_non
from socle.exports.feuille import Valeur

# As `francais.euros`, and `francais.date_courte` (after the day of the week, or not), write them.
SOMME = re.compile(rf"([−-]?)(\d{{1,3}}(?:{FINE}\d{{3}})*,\d{{2}})\u00a0€")
JOUR = re.compile(r"(?:[a-zé]{2,8}\.?[ \u00a0])?(\d{2})/(\d{2})/(\d{4})")
ESPACES = re.compile(r"\s*\n\s*")
# What spreadsheets take for the beginning of a formula: OWASP, « CSV Injection ».
DEBUTS_DE_FORMULE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
VIDES = {"", "—"}


def valeur(brut: object) -> Valeur:
    """Of what an attribute or a column holds."""
    match brut:
        case None:
            return None
        case bool():
            return oui_non(brut)
        case datetime():
            return timezone.localtime(brut) if timezone.is_aware(brut) else brut
        case date() | time() | Decimal() | int():
            return brut
    return relire(unescape(strip_tags(str(brut))) if isinstance(brut, SafeData) else str(brut))


def relire(texte: str) -> Valeur:
    """« 1 234,50 € » is a number, « 08/04/2015 » a day; any other text is itself, on its lines."""
    texte = ESPACES.sub("\n", texte.strip(" "))
    if texte in VIDES:
        return None
    if somme := SOMME.fullmatch(texte):
        signe, chiffres = somme.groups()
        return Decimal(f"{'-' if signe else ''}{chiffres.replace(FINE, '').replace(',', '.')}")
    if jour := JOUR.fullmatch(texte):
        try:
            return date(*map(int, reversed(jour.groups())))
        except ValueError:
            return texte
    return texte


def est_une_formule(texte: str) -> bool:
    """A spreadsheet would run it, spaces before it or not."""
    return texte.startswith(DEBUTS_DE_FORMULE) or texte.lstrip().startswith(DEBUTS_DE_FORMULE)
