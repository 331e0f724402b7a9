"""What has changed in a record since a page of it was drawn: each field, from what, to what, by whom and when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.db.models import Model, Q
from django.forms import BaseForm
from django.utils import timezone
from django.utils.text import capfirst

import francais
from socle.admin.versions.etat import Envoi

LONGUEUR_MAX = 80  # characters of a value that a sentence repeats


@dataclass(frozen=True, kw_only=True)
class Ecart:
    """A field of `ligne` that is not what the page showed. `touche`: the agent has typed something else there."""

    ligne: str
    nom: str
    champ: forms.Field
    de: Envoi
    a: Envoi
    envoye: Envoi

    @property
    def touche(self) -> bool:
        return self.envoye != self.de

    @property
    def libelle(self) -> str:
        return capfirst(str(self.champ.label or self.nom))

    @property
    def suite(self) -> str:
        if self.touche:
            return f"Vous avez écrit «\u00a0{dire(self.champ, self.envoye)}\u00a0»\u00a0: c’est ce qui sera enregistré."
        return "C’est repris dans la page."


def dire(champ: forms.Field, envoi: Envoi) -> str:
    """As the page shows it, on one line."""
    valeurs = [valeur for envoyees in envoi.values() for valeur in envoyees]
    if isinstance(champ, forms.BooleanField):
        return francais.oui_non(bool(valeurs)).lower()
    if isinstance(champ, forms.ModelChoiceField) and champ.queryset is not None:
        choisis = champ.queryset.filter(pk__in=[valeur for valeur in valeurs if valeur.isdecimal()])
        valeurs = [champ.label_from_instance(choisi) for choisi in choisis]
    elif isinstance(champ, forms.ChoiceField):
        noms = dict(_choix(champ))
        valeurs = [noms.get(valeur, valeur) for valeur in valeurs]
    return francais.abrege(", ".join(valeurs), LONGUEUR_MAX) or "vide"


def _choix(champ: forms.ChoiceField) -> Iterator[tuple[str, str]]:
    """Those of groups too."""
    for code, nom in champ.widget.choices:
        if isinstance(nom, list | tuple):
            yield from ((str(c), str(n)) for c, n in nom)
        else:
            yield str(code), str(nom)


def dire_la_ligne(form: BaseForm, valeurs: dict[str, Envoi]) -> str:
    """A row that is there no more, by what it held."""
    pleines = [(nom, envoi) for nom, envoi in valeurs.items() if any(envoi.values()) and _se_voit(form, nom)]
    return francais.abrege(", ".join(dire(form.fields[nom], envoi) for nom, envoi in pleines), LONGUEUR_MAX)


def _se_voit(form: BaseForm, nom: str) -> bool:
    return nom in form.fields and not form.fields[nom].widget.is_hidden


@dataclass
class Journal:
    """Who saved the record, or a row of it, since the page was drawn."""

    fiche: Model
    depuis: datetime
    _lues: dict[tuple[int, str], list[LogEntry]] = field(default_factory=dict)

    def signature(self, ligne: Model, libelle: str = "") -> str:
        """« (Alice MAIRIE, à 10 h 40) », or nothing if no agent did it by a page."""
        faites = [*self._entrees(ligne), *self._entrees(self.fiche)]
        nommees = [entree for entree in faites if libelle.lower() in entree.get_change_message().lower()]
        entree = next(iter(nommees or faites), None)
        return f" ({entree.user}, {_quand(entree.action_time)})" if entree else ""

    def _entrees(self, objet: Model) -> Sequence[LogEntry]:
        cle = get_content_type_for_model(objet).pk, str(objet.pk)
        if cle not in self._lues:
            faites = LogEntry.objects.filter(Q(content_type=cle[0], object_id=cle[1]), action_time__gte=self.depuis)
            self._lues[cle] = list(faites.select_related("user").order_by("-action_time"))
        return self._lues[cle]


def _quand(instant: datetime) -> str:
    local = timezone.localtime(instant)
    jour = "" if local.date() == timezone.localdate() else f"le {francais.date_courte(local.date())} "
    return f"{jour}à {francais.heure(local.time())}"
