"""What was sent, row by row: the form itself, and the rows of its tables, which Django numbers as the page has them."""

from collections.abc import Sequence
from typing import cast

from django.db.models import Model
from django.forms import BaseInlineFormSet
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import QueryDict

from socle.admin.versions.etat import FICHE, Envoi

# {name, without the prefix of the row: values}
Rangee = dict[str, list[str]]


class Rangees:
    """A POST that may be changed, by row: FICHE, or « tiers:12 », which is the row 12 of the table « tiers »."""

    def __init__(self, envoi: QueryDict, formsets: Sequence[BaseInlineFormSet]) -> None:
        self.envoi = envoi.copy()
        self._formsets = {str(formset.prefix): formset for formset in formsets}
        self._prefixes = {FICHE: ""}
        for prefixe, formset in self._formsets.items():
            for rang in range(self._compter(prefixe, INITIAL_FORM_COUNT)):
                pk = self.envoi.get(f"{prefixe}-{rang}-{_cle(formset)}", "")
                self._prefixes[f"{prefixe}:{pk}"] = f"{prefixe}-{rang}-"

    def formset(self, ligne: str) -> BaseInlineFormSet:
        return self._formsets[ligne.partition(":")[0]]

    def connait(self, ligne: str) -> bool:
        """Whether it was sent."""
        return ligne in self._prefixes

    def lire(self, ligne: str, comme: Envoi) -> Envoi:
        """What was sent under the names of `comme`, in the form in which a state keeps it."""
        debut = self._prefixes.get(ligne)
        if debut is None:
            return comme
        lues = {nom: self.envoi.getlist(debut + nom) for nom in comme}
        return {nom: [v.replace("\r\n", "\n") for v in valeurs if v] for nom, valeurs in lues.items()}

    def ecrire(self, ligne: str, envoi: Envoi) -> None:
        for nom, valeurs in envoi.items():
            self.envoi.setlist(self._prefixes[ligne] + nom, valeurs or [""])

    def retirer(self, ligne: str, *, garder: bool) -> None:
        """That row is there no more: what is after it takes its place; kept, it comes last, as one that is added."""
        prefixe, _, pk = ligne.partition(":")
        avant, total = self._compter(prefixe, INITIAL_FORM_COUNT), self._compter(prefixe, TOTAL_FORM_COUNT)
        rangees = [self._prendre(f"{prefixe}-{rang}-") for rang in range(total)]
        cle = _cle(self._formsets[prefixe])
        rang = next(rang for rang, rangee in enumerate(rangees) if rangee.get(cle) == [pk])
        partie = rangees.pop(rang)
        if garder and "DELETE" not in partie:
            rangees.append({**partie, cle: [""]})
        for place, rangee in enumerate(rangees):
            for nom, valeurs in rangee.items():
                self.envoi.setlist(f"{prefixe}-{place}-{nom}", valeurs)
        self.envoi[f"{prefixe}-{INITIAL_FORM_COUNT}"] = str(avant - 1)
        self.envoi[f"{prefixe}-{TOTAL_FORM_COUNT}"] = str(len(rangees))
        del self._prefixes[ligne]

    def _compter(self, prefixe: str, nom: str) -> int:
        nombre = self.envoi.get(f"{prefixe}-{nom}", "")
        return min(int(nombre), 1000) if nombre.isdecimal() and nombre.isascii() else 0

    def _prendre(self, debut: str) -> Rangee:
        noms = [nom for nom in self.envoi if nom.startswith(debut)]
        return {nom.removeprefix(debut): self.envoi.pop(nom) for nom in noms}


def _cle(formset: BaseInlineFormSet) -> str:
    """The name of the field that says which row it is."""
    return cast(type[Model], formset.model)._meta.pk.name
