"""Values that were kept, as people read them."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from django import forms
from phonenumber_field.formfields import PhoneNumberField

import francais
from demandes.valeurs.gardees import Json


def lisible(champ: forms.Field, valeur: Json) -> str:
    """What was kept, as the record shows it. Empty if there is nothing."""
    if isinstance(valeur, bool):
        return francais.oui_non(valeur)
    if valeur in ("", None, []):
        return ""
    if isinstance(valeur, list):
        return ", ".join(_lisible_seul(champ, element) for element in valeur)
    return _lisible_seul(champ, valeur)


def _lisible_seul(champ: forms.Field, valeur: Json) -> str:
    match champ:
        case forms.ModelChoiceField():
            return _nom_de_l_objet(champ, valeur)
        case PhoneNumberField():  # a CharField, and sometimes a ChoiceField: first
            return francais.telephone(str(valeur))
        case forms.ChoiceField():
            return _libelle_du_choix(champ, str(valeur))
        case forms.DateField():
            return francais.date_courte(date.fromisoformat(str(valeur)))
        case forms.DecimalField():
            return str(valeur).replace(".", ",")
        case forms.IntegerField():
            return francais.nombre(int(str(valeur)))
        case _:
            return str(valeur)


def _nom_de_l_objet(champ: forms.ModelChoiceField, cle: Json) -> str:
    objet = None if champ.queryset is None else champ.queryset.filter(pk=cle).first()
    return str(objet) if objet else "(supprimé depuis)"


def _libelle_du_choix(champ: forms.ChoiceField, valeur: str) -> str:
    return next((str(libelle) for cle, libelle in choix_de(champ) if str(cle) == valeur), valeur)


def choix_de(champ: forms.ChoiceField) -> list:
    """Its pairs of value and label, read at once. What Django keeps of them can always be iterated over."""
    return list(cast(Iterable, champ.choices))
