"""What an agent's history says of a change: each field, from what, to what. Of what is encrypted, only that it changed.

The history is in clear, and outlives the record: neither health nor a bank account may be read there.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db.models import FileField, Model
from django.forms import BaseForm, BaseFormSet, BaseModelForm, BaseModelFormSet

from socle.admin.versions.ecarts import dire
from socle.admin.versions.etat import Envoi, envoyer
from socle.chiffrement import Chiffre

# Health, though in clear: a diet is erased with the rest of it.
TUS = {"regime"}


def de_quoi_a_quoi(message: list[dict], form: BaseForm, formsets: Iterable[BaseFormSet] | None) -> list[dict]:
    """Django's own message, in which a field reads « Mobile (« 06 11 22 33 44 » → « 06 55 66 77 88 ») »."""
    dit = deepcopy(message)
    changes = [entree["changed"] for entree in dit if entree.get("changed", {}).get("fields")]
    for entree, (formulaire, noms) in zip(changes, _changes(form, formsets or ()), strict=False):
        if len(noms) == len(entree["fields"]):
            couples = zip(entree["fields"], noms, strict=True)
            entree["fields"] = [f"{libelle}{_suite(formulaire, nom)}" for libelle, nom in couples]
    return dit


def _changes(form: BaseForm, formsets: Iterable[BaseFormSet]) -> Iterator[tuple[BaseForm, list[str]]]:
    """In the order in which Django tells them."""
    if form.changed_data:
        yield form, form.changed_data
    for formset in formsets:
        if not isinstance(formset, BaseModelFormSet):
            continue
        par_ligne = {ligne.instance.pk: ligne for ligne in formset.initial_forms}
        for objet, noms in formset.changed_objects:
            yield par_ligne[objet.pk], list(noms)


def _suite(form: BaseForm, nom: str) -> str:
    if not isinstance(form, BaseModelForm) or nom not in form.fields or not _se_dit(form._meta.model, nom):
        return ""
    lie = form[nom]
    avant, apres = (_lire(lie, valeur) for valeur in (lie.initial, lie.data))
    return f" («\u00a0{dire(lie.field, avant)}\u00a0» → «\u00a0{dire(lie.field, apres)}\u00a0»)"


def _lire(lie: forms.BoundField, valeur: object) -> Envoi:
    return envoyer(lie.field.widget, lie.name, valeur)


def _se_dit(modele: type[Model], nom: str) -> bool:
    """A column of a record that keeps no secret at all: beside an IBAN, its holder is one too."""
    if nom in TUS or any(isinstance(champ, Chiffre) for champ in modele._meta.concrete_fields):
        return False
    try:
        champ = modele._meta.get_field(nom)
    except FieldDoesNotExist:
        return False
    return champ.concrete and not champ.many_to_many and nom != "password" and not isinstance(champ, FileField)
