"""The versions of a setting, told by the fields of its form: its history, and what changed while a page was open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import capfirst

from francais import date_courte, heure
from socle.admin.versions.ecarts import dire
from socle.admin.versions.etat import envoyer
from socle.models import Reglage
from socle.reglages.moment import Valeurs

LUES = 20  # versions that a page tells
ENTREE = (
    "Cette page a changé depuis que vous l’avez ouverte. Rien n’est encore enregistré\u00a0: relisez, puis enregistrez "
    "de nouveau."
)


class ReglageForm(forms.Form):
    """A setting, typed. A subclass says how its values are shown, and what is kept."""

    def __init__(self, valeurs: Valeurs, data: QueryDict | None = None) -> None:
        super().__init__(data, initial=self.montrer(valeurs))

    def montrer(self, valeurs: Valeurs) -> dict[str, object]:
        """{field: value}; where nothing is kept, what holds without it."""
        raise NotImplementedError

    def garder(self) -> dict[str, object]:
        """The whole setting, once the form is valid."""
        raise NotImplementedError


@dataclass(frozen=True)
class Changement:
    """`quoi`: each field, from what, to what."""

    le: datetime
    par: str
    quoi: list[str]


def historique(cle: str, vierge: ReglageForm) -> Iterator[Changement]:
    """Newest first. `vierge`: a form of it, whatever it shows."""
    versions = list(Reglage.objects.de(cle)[: LUES + 1])
    anciennes = [*(version.valeurs for version in versions[1:]), {}]
    for version, avant in zip(versions[:LUES], anciennes, strict=False):
        quoi = [
            f"{libelle} («\u00a0{de}\u00a0» → «\u00a0{a}\u00a0»)"
            for libelle, de, a in ecarts(vierge, avant, version.valeurs)
        ]
        yield Changement(version.le, version.par, quoi)


def ecarts(form: ReglageForm, avant: Valeurs, apres: Valeurs) -> Iterator[tuple[str, str, str]]:
    """(label, from, to) of each field that differs."""
    montres = {True: form.montrer(avant), False: form.montrer(apres)}
    for champ in form:
        de, a = (envoyer(champ.field.widget, champ.html_name, m.get(champ.name)) for m in montres.values())
        if de != a:
            yield _libelle(champ), dire(champ.field, de), dire(champ.field, a)


def relire(form: ReglageForm, avant: Valeurs, actuel: Reglage, envoi: QueryDict) -> tuple[list[str], QueryDict]:
    """What somebody else saved since the page was drawn: sentences, and what comes back.

    `avant`: what the page showed. What was typed stays; elsewhere, theirs is taken.
    """
    phrases, fondu = [], envoi.copy()
    anciens, nouveaux = form.montrer(avant), form.montrer(actuel.valeurs)
    for champ in form:
        de, a = (envoyer(champ.field.widget, champ.html_name, m.get(champ.name)) for m in (anciens, nouveaux))
        envoye = {nom: [v.replace("\r\n", "\n") for v in envoi.getlist(nom) if v] for nom in a}
        if a in (de, envoye):
            continue
        touche = envoye != de
        suite = "Ce que vous avez écrit est gardé." if touche else "C’est repris dans la page."
        qui = f"{actuel.par}, {quand(actuel.le)}"
        de_a = f"«\u00a0{dire(champ.field, de)}\u00a0» est devenu «\u00a0{dire(champ.field, a)}\u00a0»"
        phrases.append(f"{_libelle(champ)}\u00a0: {de_a} ({qui}). {suite}")
        if not touche:
            for nom, valeurs in a.items():
                fondu.setlist(nom, valeurs)
    return ([ENTREE, *phrases] if phrases else []), fondu


def quand(instant: datetime) -> str:
    local = timezone.localtime(instant)
    return f"le {date_courte(local.date())} à {heure(local.time())}"


def _libelle(champ: forms.BoundField) -> str:
    return capfirst(str(champ.label))
