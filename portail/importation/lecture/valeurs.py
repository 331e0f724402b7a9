"""A cell as a value of the record: as spreadsheets spoil them, and as the record's own rules judge them.

A reader takes a text, never empty, and raises Incompris with what was expected.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import cast

import phonenumbers
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from phonenumber_field.modelfields import PhoneNumberField
from phonenumber_field.phonenumber import PhoneNumber

from famille.vraisemblance import PREMIERE_ANNEE
from francais import coller, enumerer, replier
from planning.regles.jours import AUCUN_JOUR, SEMAINE, Jours
from portail.importation.lecture.fautes import Incompris

Lecteur = Callable[[str], object]

ESPACES = re.compile(r"[\s\u00a0\u202f\u200b\ufeff]+")
PANNES_DE_TABLEUR = ("#N/A", "#REF!", "#VALEUR!", "#VALUE!", "#NOM?", "#NAME?", "#DIV/0!", "#NUL!", "####")
JOUR_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
JOUR_FRANCAIS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})(?: .*)?")
# A spreadsheet counts days from there (its 1900 has a 29 February).
ORIGINE_DES_TABLEURS = date(1899, 12, 30)
PREMIER_RANG, DERNIER_RANG = 14_611, 73_050  # 1940 – 2099
NOMBRE_ABIME = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
ANNEES_A_VENIR = 10
OUI, NON = {"oui", "o", "1", "vrai", "true", "x", "yes", "y"}, {"non", "n", "0", "faux", "false", "no"}
AUTRES_MOTS = {
    "mr": "M", "mlle": "MME", "mademoiselle": "MME", "mrs": "MME",
    "h": "G", "m": "G", "masculin": "G", "feminin": "F", "homme": "G",
    "caf": "general", "msa": "agricole",
    "normal": "standard", "sansparticularite": "standard", "pai": "panier_repas", "panierrepas": "panier_repas",
}  # fmt: skip
NOMS_DES_JOURS = {
    "lundi": Jours.LUNDI, "lun": Jours.LUNDI, "lu": Jours.LUNDI, "l": Jours.LUNDI,
    "mardi": Jours.MARDI, "mar": Jours.MARDI, "ma": Jours.MARDI,
    "mercredi": Jours.MERCREDI, "mer": Jours.MERCREDI, "me": Jours.MERCREDI,
    "jeudi": Jours.JEUDI, "jeu": Jours.JEUDI, "je": Jours.JEUDI, "j": Jours.JEUDI,
    "vendredi": Jours.VENDREDI, "ven": Jours.VENDREDI, "ve": Jours.VENDREDI, "v": Jours.VENDREDI,
    "samedi": Jours.SAMEDI, "sam": Jours.SAMEDI, "sa": Jours.SAMEDI, "s": Jours.SAMEDI,
    "dimanche": Jours.DIMANCHE, "dim": Jours.DIMANCHE, "di": Jours.DIMANCHE, "d": Jours.DIMANCHE,
    "aucun": AUCUN_JOUR, "semaine": SEMAINE,
}  # fmt: skip
TOUTES_LES_SEMAINES = -1
SEMAINES = {
    "toutes": TOUTES_LES_SEMAINES,
    "chaque": TOUTES_LES_SEMAINES,
    "paires": 0,
    "paire": 0,
    "pair": 0,
    "impaires": 1,
    "impaire": 1,
    "impair": 1,
}


def normaliser(cellule: str) -> str:
    """One space between words, and none around."""
    return ESPACES.sub(" ", cellule).strip()


def lecteur_de(modele: type[models.Model], nom: str) -> Lecteur:
    """Of a field of the record, by its kind; then its own validators."""
    champ = cast(models.Field, modele._meta.get_field(nom))
    if champ.choices:
        return lambda texte: un_choix(texte, dict(cast("list[tuple[str, str]]", champ.flatchoices)))
    if isinstance(champ, models.BooleanField):
        return oui_ou_non
    if isinstance(champ, PhoneNumberField):
        return un_telephone
    if isinstance(champ, models.DateField):
        return lambda texte: _juge(champ, un_jour(texte))
    return lambda texte: _juge(champ, un_texte(texte, champ.max_length or 200))


def un_texte(texte: str, au_plus: int = 200) -> str:
    if texte.upper().startswith(PANNES_DE_TABLEUR):
        raise Incompris("Le tableur affiche une erreur dans cette cellule\u00a0: corrigez sa formule.")
    if len(texte) > au_plus:
        raise Incompris(f"{au_plus} caractères au plus, il y en a {len(texte)}.")
    return texte


def un_nom(modele: type[models.Model], nom: str) -> Lecteur:
    """A family name: in capitals, as the portal writes them."""
    lire = lecteur_de(modele, nom)
    return lambda texte: str(lire(texte)).upper()


def un_prenom(modele: type[models.Model], nom: str) -> Lecteur:
    """« JEAN-PIERRE » and « jean-pierre » are « Jean-Pierre »; « McKenzie » is left as it is typed."""
    lire = lecteur_de(modele, nom)

    def lu(texte: str) -> str:
        prenom = str(lire(texte))
        return prenom.title().replace("’S", "’s") if prenom.isupper() or prenom.islower() else prenom

    return lu


def un_choix(texte: str, choix: Mapping[str, str]) -> str:
    """By its code or its words, whatever the accents and capitals."""
    cherche = coller(texte)
    for code, mot in choix.items():
        if cherche in {coller(code), coller(str(mot)), coller(str(mot).partition("(")[0])}:
            return code
    if (autre := AUTRES_MOTS.get(cherche)) in choix:
        return cast(str, autre)
    mots = enumerer(f"«\u00a0{mot}\u00a0»" for mot in choix.values())
    raise Incompris(f"Attendu, au choix\u00a0: {mots}.")


def oui_ou_non(texte: str) -> bool:
    mot = coller(texte)
    if mot in OUI | NON:
        return mot in OUI
    raise Incompris("Attendu\u00a0: «\u00a0oui\u00a0» ou «\u00a0non\u00a0».")


def un_jour(texte: str) -> date:
    """« 03/06/2007 », « 2007-06-03 », or the rank that a spreadsheet gives to days."""
    if texte.isdecimal() and len(texte) == 5 and PREMIER_RANG <= int(texte) <= DERNIER_RANG:
        return ORIGINE_DES_TABLEURS + timedelta(days=int(texte))
    if iso := JOUR_ISO.fullmatch(texte):
        parts = [int(part) for part in iso.groups()]
    elif francais := JOUR_FRANCAIS.fullmatch(texte):
        parts = [int(part) for part in reversed(francais.groups())]
    else:
        raise Incompris("Attendu\u00a0: une date, jour/mois/année sur quatre chiffres, comme 03/06/2007.")
    try:
        return date(*parts)
    except ValueError:
        raise Incompris("Cette date n’existe pas\u00a0: vérifiez le jour et le mois.") from None


def un_jour_d_inscription(texte: str) -> date:
    """A wrong year would count places for centuries."""
    jour = un_jour(texte)
    derniere = timezone.localdate().year + ANNEES_A_VENIR
    if not PREMIERE_ANNEE <= jour.year <= derniere:
        raise Incompris(f"Attendu\u00a0: une date de {PREMIERE_ANNEE} à {derniere}\u00a0; vérifiez l’année.")
    return jour


def un_telephone(texte: str) -> PhoneNumber:
    """The 0 that a spreadsheet has dropped is put back."""
    chiffres = re.sub(r"\D", "", texte)
    if not texte.startswith(("+", "0")) and len(chiffres) == 9:
        texte = f"0{chiffres}"
    elif not texte.startswith(("+", "0")) and len(chiffres) == 11 and chiffres.startswith("33"):
        texte = f"+{chiffres}"
    try:
        lu = PhoneNumber.from_string(texte, region="FR")
    except phonenumbers.NumberParseException:
        lu = None
    if lu is None or not lu.is_valid():
        raise Incompris("Attendu\u00a0: un seul numéro de téléphone, comme 06 12 34 56 78, ou +32… à l’étranger.")
    return lu


def un_code_postal(texte: str) -> str:
    """« 1400 » has lost its 0."""
    chiffres = texte.replace(" ", "")
    if re.fullmatch(r"[0-9]{4,5}", chiffres):
        return chiffres.zfill(5)
    raise Incompris("Attendu\u00a0: un code postal de 5 chiffres, comme 31400.")


def un_courriel(modele: type[models.Model], nom: str) -> Lecteur:
    champ = cast(models.Field, modele._meta.get_field(nom))
    return lambda texte: _juge(champ, un_texte(texte, 254))


def un_numero_de_famille(texte: str) -> str:
    if NOMBRE_ABIME.fullmatch(texte):
        raise Incompris(
            "Le tableur a abîmé ce numéro\u00a0: mettez la colonne au format «\u00a0Texte\u00a0», "
            "puis recopiez-y le numéro."
        )
    chiffres = texte.replace(" ", "")
    if re.fullmatch(r"[0-9]{13}", chiffres):
        return chiffres
    raise Incompris(
        "Attendu\u00a0: les 13 chiffres du numéro que le portail a donné\u00a0; rien pour une famille nouvelle."
    )


def un_quotient(texte: str) -> int:
    """« 612,40 », « 1 234 € »: in whole euros, as the caisse writes it."""
    ecrit = re.sub(r"[ €\u00a0\u202f]", "", texte).replace(",", ".")
    try:
        valeur = Decimal(ecrit)
    except InvalidOperation:
        valeur = Decimal(-1)
    if not valeur.is_finite() or not 0 <= valeur <= 99_999:
        raise Incompris("Attendu\u00a0: un quotient familial en euros, comme 612 ou 612,40.")
    return int(valeur.quantize(Decimal(1), ROUND_HALF_UP))


def des_jours(texte: str) -> Jours:
    """« lundi, jeudi », « lu je », « semaine », « aucun »."""
    lus = AUCUN_JOUR
    for mot in replier(texte).split():
        if mot == "et":
            continue
        if mot not in NOMS_DES_JOURS:
            raise Incompris("Attendu\u00a0: des jours, comme «\u00a0lundi, jeudi\u00a0» ou «\u00a0lu je\u00a0».")
        lus |= NOMS_DES_JOURS[mot]
    return lus


def des_semaines(texte: str) -> int:
    mot = replier(texte).removeprefix("semaines ").removeprefix("semaine ")
    if mot not in SEMAINES:
        raise Incompris("Attendu\u00a0: «\u00a0paires\u00a0» ou «\u00a0impaires\u00a0», ou «\u00a0toutes\u00a0».")
    return SEMAINES[mot]


def _juge(champ: models.Field, valeur: object) -> object:
    try:
        champ.run_validators(valeur)
    except ValidationError as refus:
        raise Incompris(" ".join(refus.messages)) from None
    return valeur
