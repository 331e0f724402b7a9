"""What a page would send if nobody touched it: its form and the rows of its tables, as a browser writes them.

Comparing what is sent, rather than columns, knows what the agent saw, and what they have touched.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, Self, runtime_checkable

from cryptography.fernet import InvalidToken
from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms import BaseInlineFormSet, BoundField
from django.forms.models import BaseModelForm
from django.utils import timezone

from socle.chiffrement import Secret

# {name in the POST, without the prefix of the row: values}
Envoi = dict[str, list[str]]
# {field: what it sends}
Valeurs = dict[str, Envoi]
FICHE = ""


@dataclass(frozen=True)
class Etat:
    """`lignes`: by FICHE, the form itself, or « tiers:12 », a row of a table of the page."""

    le: datetime
    lignes: dict[str, Valeurs]

    @classmethod
    def de(cls, form: BaseModelForm, formsets: Sequence[BaseInlineFormSet]) -> Self:
        """Of forms that nobody has touched."""
        lignes = {cle: valeurs(ligne) for cle, ligne in lignes_de(form, formsets)}
        return cls(timezone.now(), lignes)

    def sceller(self, fiche: str) -> str:
        """For the page of that record only, and unreadable, as what it holds may be. Empty if it has no field."""
        if not any(self.lignes.values()):
            return ""
        return Secret.de(json.dumps([fiche, self.le.isoformat(), self.lignes])).jeton

    @classmethod
    def desceller(cls, sceau: str, fiche: str) -> "Etat | None":
        """None if that page did not write it."""
        try:
            de, le, lignes = json.loads(Secret(sceau).en_clair())
        except (InvalidToken, ValueError):
            return None
        return cls(datetime.fromisoformat(le), lignes) if de == fiche else None


def lignes_de(form: BaseModelForm, formsets: Sequence[BaseInlineFormSet]) -> Iterator[tuple[str, BaseModelForm]]:
    yield FICHE, form
    for formset in formsets:
        for ligne in formset.initial_forms:
            yield f"{formset.prefix}:{ligne.instance.pk}", ligne


def valeurs(form: BaseModelForm) -> Valeurs:
    debut = len(f"{form.prefix}-") if form.prefix else 0
    lus = filter(_se_tape, form)
    envois = {champ.name: envoyer(champ.field.widget, champ.html_name[debut:], champ.value()) for champ in lus}
    montrees: dict[str, str] = form.montrees() if isinstance(form, AvecMontrees) else {}
    return envois | {libelle: {libelle: [texte]} for libelle, texte in montrees.items()}


@runtime_checkable
class AvecMontrees(Protocol):
    """A form that replaces a value that no field of it holds, as a new IBAN does: {its name: as it is shown}."""

    def montrees(self) -> dict[str, str]: ...


def _se_tape(champ: BoundField) -> bool:
    """A file that is not chosen again stays; what is disabled is not read, and nobody sees what is hidden."""
    return not (champ.field.disabled or champ.is_hidden or champ.field.widget.needs_multipart_form)


def envoyer(widget: forms.Widget, nom: str, valeur: object) -> Envoi:
    """What a browser sends of that field, were that its value."""
    if isinstance(widget, RelatedFieldWidgetWrapper):
        return envoyer(widget.widget, nom, valeur)
    if isinstance(widget, forms.MultiWidget):
        fins: list[str] = widget.widgets_names  # type: ignore[attr-defined]  # not in the stubs
        parties = valeur if isinstance(valeur, list | tuple) else widget.decompress(valeur) or []
        suite = zip(widget.widgets, fins, parties, strict=False)
        return {cle: v for partie, fin, lue in suite for cle, v in envoyer(partie, f"{nom}{fin}", lue).items()}
    if isinstance(widget, forms.CheckboxInput):
        return {nom: ["on"] if widget.check_test(valeur) else []}
    pretes = widget.format_value(valeur)
    if isinstance(pretes, list):
        return {nom: [str(prete) for prete in pretes if prete not in (None, "")]}
    return {nom: [] if pretes in (None, "") else [str(pretes).replace("\r\n", "\n")]}
