"""Values as JSON keeps them."""

from datetime import date
from decimal import Decimal

from django.db.models import Model, QuerySet
from phonenumber_field.phonenumber import PhoneNumber

Json = str | int | bool | list | dict | None


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
