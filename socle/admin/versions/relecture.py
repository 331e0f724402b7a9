"""What an agent sends, read beside what the record has become: what to tell them, and the form that comes back."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from django import forms
from django.db.models import Model
from django.forms import BaseInlineFormSet
from django.forms.models import BaseModelForm
from django.http import QueryDict

from socle.admin.versions.ecarts import Ecart, Journal, dire, dire_la_ligne
from socle.admin.versions.etat import FICHE, Envoi, Etat, Valeurs, lignes_de
from socle.admin.versions.rangees import Rangees

ENTREE = (
    "Cette fiche a changé depuis que vous l’avez ouverte. Rien n’est encore enregistré, et rien de ce que vous avez "
    "écrit n’est perdu\u00a0: relisez, puis enregistrez de nouveau."
)


class Relecture:
    """`form` and `formsets`: those of the record as it is now, untouched."""

    def __init__(
        self, vu: Etat, envoi: QueryDict, fiche: Model, form: BaseModelForm, formsets: Sequence[BaseInlineFormSet]
    ) -> None:
        self.vu, self.frais = vu, Etat.de(form, formsets)
        self.envoi, self.fiche, self.formsets = envoi, fiche, formsets
        self.formulaires = dict(lignes_de(form, formsets))
        self.rangees = Rangees(envoi, formsets)

    @cached_property
    def phrases(self) -> list[str]:
        """Nothing if nothing changed that is not what the agent has typed too."""
        dites = [*self._des_champs(), *self._des_lignes()]
        return [ENTREE, *dites] if dites else []

    def fusion(self) -> QueryDict:
        """What was typed, and elsewhere what others saved."""
        for ecart in self.ecarts:
            if not ecart.touche:
                self.rangees.ecrire(ecart.ligne, ecart.a)
        for ligne in self._parties:
            self.rangees.retirer(ligne, garder=self._envoyee(ligne) != self.vu.lignes[ligne])
        return self.rangees.envoi

    @cached_property
    def ecarts(self) -> list[Ecart]:
        possibles = [
            self._comparer(ligne, nom, a)
            for ligne, valeurs in self.frais.lignes.items()
            for nom, a in valeurs.items()
            if nom in self.vu.lignes.get(ligne, {})
        ]
        return [ecart for ecart in possibles if ecart.a not in (ecart.de, ecart.envoye)]

    def _comparer(self, ligne: str, nom: str, a: Envoi) -> Ecart:
        de, champ = self.vu.lignes[ligne][nom], self.formulaires[ligne].fields.get(nom)
        if champ is None:  # shown, not typed
            return Ecart(ligne=ligne, nom=nom, champ=forms.CharField(label=nom), de=de, a=a, envoye=de)
        return Ecart(ligne=ligne, nom=nom, champ=champ, de=de, a=a, envoye=self.rangees.lire(ligne, a))

    @property
    def _parties(self) -> list[str]:
        return [ligne for ligne in self.vu.lignes if ligne not in self.frais.lignes and self.rangees.connait(ligne)]

    def _envoyee(self, ligne: str) -> Valeurs:
        return {nom: self.rangees.lire(ligne, envoi) for nom, envoi in self.vu.lignes[ligne].items()}

    @cached_property
    def _journal(self) -> Journal:
        return Journal(self.fiche, self.vu.le)

    def _des_lignes(self) -> Iterator[str]:
        """Rows added or deleted meanwhile: those that are added stay, whatever is sent."""
        for ligne, form in self.formulaires.items():
            if ligne not in self.vu.lignes:
                yield f"Ajouté depuis\u00a0: «\u00a0{form.instance}\u00a0»{self._journal.signature(form.instance)}."
        for ligne in self._parties:
            valeurs = self.vu.lignes[ligne]
            dite = dire_la_ligne(self.rangees.formset(ligne).empty_form, valeurs)
            gardee = self._envoyee(ligne) != valeurs
            suite = " Vous l’aviez modifié\u00a0: votre texte est repris comme une nouvelle ligne." if gardee else ""
            yield f"Supprimé depuis\u00a0: «\u00a0{dite}\u00a0»{self._journal.signature(self.fiche)}.{suite}"

    def _des_champs(self) -> Iterator[str]:
        for ecart in self.ecarts:
            ligne = self.formulaires[ecart.ligne].instance
            ou = "" if ecart.ligne == FICHE else f"{ligne}, "
            de, a = dire(ecart.champ, ecart.de), dire(ecart.champ, ecart.a)
            qui = self._journal.signature(ligne, ecart.libelle)
            yield f"{ou}{ecart.libelle}\u00a0: «\u00a0{de}\u00a0» est devenu «\u00a0{a}\u00a0»{qui}. {ecart.suite}"
