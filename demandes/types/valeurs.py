"""A form's values as JSON keeps them, and as people read them."""

from datetime import date
from decimal import Decimal

from django import forms
from django.db.models import Model, QuerySet
from phonenumber_field.formfields import PhoneNumberField
from phonenumber_field.phonenumber import PhoneNumber

import francais

Json = str | int | bool | list | None


def en_json(valeur: object) -> Json:
    """The same value whether it comes from a record or from a form: what is equal is written equal."""
    match valeur:
        case None:
            return ""
        case bool() | int():
            return valeur
        case Decimal():
            return format(valeur.normalize(), "f")
        case Model():
            return valeur.pk
        case PhoneNumber():
            return str(valeur)
        case date():
            return valeur.isoformat()
        case list() | tuple() | set() | QuerySet():
            return [en_json(element) for element in valeur]
        case _:
            return str(valeur).strip().replace("\r\n", "\n")


def lisible(champ: forms.Field, valeur: Json) -> str:
    """What was kept, as the record shows it. Empty if there is nothing."""
    if isinstance(valeur, bool):
        return francais.oui_non(valeur)
    if valeur in ("", None, []):
        return ""
    if isinstance(valeur, list):
        return ", ".join(lisible_seul(champ, element) for element in valeur)
    return lisible_seul(champ, valeur)


def lisible_seul(champ: forms.Field, valeur: Json) -> str:
    match champ:
        case forms.ModelChoiceField():
            objet = champ.queryset.filter(pk=valeur).first()
            return str(objet) if objet else "(supprimé depuis)"
        case PhoneNumberField():  # a CharField, and sometimes a ChoiceField: first
            return francais.telephone(str(valeur))
        case forms.ChoiceField():
            return _libelle_du_choix(champ, str(valeur))
        case forms.DateField():
            return francais.date_courte(date.fromisoformat(str(valeur)))
        case forms.DecimalField():
            return str(valeur).replace(".", ",")
        case forms.IntegerField():
            return francais.nombre(int(valeur))
        case _:
            return str(valeur)


def _libelle_du_choix(champ: forms.ChoiceField, valeur: str) -> str:
    return next((str(libelle) for cle, libelle in champ.choices if str(cle) == valeur), valeur)
