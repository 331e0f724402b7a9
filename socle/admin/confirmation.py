"""What is asked of an agent before what touches several people, or cannot be undone: one page, in numbers.

`Confirmation` is the page. `ConfirmeAvant` is for the records whose change reaches further than themselves: the change
is made, counted and undone; the page says what was counted; the same form, sent again from it, is saved for good.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import ClassVar, Generic, Protocol, Self, TypeVar, cast

from django import forms
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import Model, ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from socle.admin.pages import AvecPages
from socle.admin.retour.renoncer import RENONCER, relue

CHAMP = "confirme"
NON_RENVOYES = {"csrfmiddlewaretoken", CHAMP, RENONCER}

L = TypeVar("L")


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """`phrases`: what will happen, in numbers. `listes`: (title, lines), folded: what is too long for a sentence.
    `chemin`: (address, name) of the pages above.

    « Renoncer » sends `envoi` back to whoever asked (`socle.admin.retour`); without one, it leads to the last of them.

    `form`: what must be typed first. `envoi`: the form that is sent again, if the page answers one.
    `gabarit` and its `contexte`: where a page shows more than sentences; `lu_aussi` is the code of what it shows.
    """

    titre: str
    bouton: str
    phrases: Sequence[str]
    listes: Sequence[tuple[str, Sequence[str]]] = ()
    chemin: Sequence[tuple[str, str]]
    form: forms.Form | None = None
    envoi: QueryDict | None = None
    gabarit: str = "admin/confirmation.html"
    contexte: Mapping[str, object] = field(default_factory=dict)
    lu_aussi: str = ""

    @property
    def retour(self) -> str:
        return self.chemin[-1][0]

    @property
    def lu(self) -> str:
        """What the page says, as a code that comes back with the answer."""
        depliees = (dite for titre, lignes in self.listes for dite in (titre, *lignes))
        return salted_hmac("socle.confirmation", "\n".join([*self.phrases, *depliees, self.lu_aussi])).hexdigest()

    @property
    def renvoi(self) -> list[tuple[str, str]]:
        """The fields to send again, as they came, but those that the page itself asks for."""
        champs = self.envoi.lists() if self.envoi is not None else []
        deja = NON_RENVOYES.union(self.form.fields if self.form else ())
        return [(nom, str(valeur)) for nom, valeurs in champs if nom not in deja for valeur in valeurs]

    def est_donnee(self, envoi: QueryDict) -> bool:
        """By somebody who has read this very page: the numbers may have changed since. Whoever renounces gives none."""
        return RENONCER not in envoi and constant_time_compare(envoi.get(CHAMP, ""), self.lu)

    def demander(self, page: AvecPages, request: HttpRequest) -> TemplateResponse:
        return page.montrer_page(request, self.gabarit, self.titre, {**self.contexte, "confirmation": self})


class Portee(Protocol[L]):
    """What a change reaches: read before and after it, then told."""

    def lire(self) -> L: ...

    def dire(self, avant: L, apres: L) -> list[str]:
        """In numbers; nothing if nobody is reached."""
        ...

    def annoncer(self, avant: L, apres: L, request: HttpRequest) -> None:
        """To whom it reaches, in the transaction of the change."""
        ...


@dataclass(frozen=True)
class Portees:
    """Several, told together."""

    toutes: Sequence[Portee]

    def lire(self) -> list:
        return [portee.lire() for portee in self.toutes]

    def dire(self, avant: list, apres: list) -> list[str]:
        return [phrase for portee, ici, la in self._couples(avant, apres) for phrase in portee.dire(ici, la)]

    def annoncer(self, avant: list, apres: list, request: HttpRequest) -> None:
        for portee, ici, la in self._couples(avant, apres):
            portee.annoncer(ici, la, request)

    def _couples(self, avant: list, apres: list) -> Iterator[tuple[Portee, object, object]]:
        return zip(self.toutes, avant, apres, strict=True)


class Essai:
    """A change that is made to be counted: what it has saved, if its form holds."""

    objet: Model | None = None


M = TypeVar("M", bound=Model)


class Retombee(Generic[M]):
    """What an app above knows that such a change reaches. A subclass is asked as soon as its module is imported."""

    toutes: ClassVar[list[type["Retombee"]]] = []
    modele: type[M]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        Retombee.toutes.append(cls)

    def portee(self, ancien: M | None, nouveau: M | None) -> Portee | None:
        """`ancien` None: it is added; `nouveau` None: it is deleted. None: that change reaches nobody."""
        raise NotImplementedError


class ConfirmeAvant(AvecPages, Generic[L]):
    """Adding, changing or deleting such a record says first what it reaches."""

    _essai: Essai | None = None

    def portee(self, ancien: Model | None, nouveau: Model | None) -> Portee[L] | None:
        """What the apps above say. None: that change reaches nobody else."""
        siennes = [retombee() for retombee in Retombee.toutes if retombee.modele is self.model]
        dites = [portee for une in siennes if (portee := une.portee(ancien, nouveau))]
        return cast(Portee[L], Portees(dites)) if dites else None

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        enregistrer = super().changeform_view
        if request.method != "POST" or self._essai:
            return enregistrer(request, object_id, form_url, extra_context)
        ancien = self.get_object(request, unquote(object_id)) if object_id else None
        essai = self._a_l_essai()
        with transaction.atomic():
            refus = essai.changeform_view(request, object_id, form_url, extra_context)
            nouveau = essai.essaye
            portee = self.portee(ancien, nouveau) if nouveau else None
            apres = portee.lire() if portee else None
            transaction.set_rollback(True)
        if nouveau is None:
            return refus
        if portee is None or apres is None:
            return enregistrer(request, object_id, form_url, extra_context)
        question = self._question(request, nouveau if ancien is None else ancien, portee.dire(portee.lire(), apres))
        if question.phrases and not question.est_donnee(request.POST):
            return question.demander(self, request)
        with transaction.atomic():
            avant = portee.lire()
            reponse = enregistrer(request, object_id, form_url, extra_context)
            portee.annoncer(avant, portee.lire(), request)
        return reponse

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """Django's page asks already: it has to be told what, and is answered by somebody who has read it."""
        objet = self.get_object(request, unquote(object_id))
        portee = self.portee(objet, None) if objet and self.has_delete_permission(request, objet) else None
        if objet is None or portee is None:
            return super().delete_view(request, object_id, extra_context)
        question = self._question(request, objet, self._dire_sans(objet, portee))
        contexte = {**(extra_context or {}), "touche": question.phrases, "champ_lu": CHAMP, "lu": question.lu}
        if request.method != "POST":
            return super().delete_view(request, object_id, contexte)
        if question.phrases and not question.est_donnee(request.POST):
            return super().delete_view(relue(request), object_id, contexte)
        with transaction.atomic():
            avant = portee.lire()
            reponse = super().delete_view(request, object_id, extra_context)
            portee.annoncer(avant, portee.lire(), request)
        return reponse

    def response_add(self, request: HttpRequest, obj: Model, post_url_continue: str | None = None) -> HttpResponse:
        return self._essaye(obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Model) -> HttpResponse:
        return self._essaye(obj) or super().response_change(request, obj)

    @property
    def est_un_essai(self) -> bool:
        """What is saved now is about to be undone: nothing to tell."""
        return self._essai is not None

    @property
    def essaye(self) -> Model | None:
        return self._essai.objet if self._essai else None

    def _a_l_essai(self) -> Self:
        """The same pages, which answer nothing once they have saved."""
        essai = copy(self)
        essai._essai = Essai()
        return essai

    def _essaye(self, objet: Model) -> HttpResponse | None:
        if self._essai is None:
            return None
        self._essai.objet = objet
        return HttpResponse()

    def _dire_sans(self, objet: Model, portee: Portee[L]) -> list[str]:
        """What its deletion reaches; nothing if something holds it, which Django's page tells."""
        avant = portee.lire()
        try:
            with transaction.atomic():
                copy(objet).delete()
                apres = portee.lire()
                transaction.set_rollback(True)
        except (ProtectedError, RestrictedError):
            return []
        return portee.dire(avant, apres)

    def _question(self, request: HttpRequest, objet: Model, phrases: list[str]) -> Confirmation:
        liste = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        return Confirmation(
            titre="Enregistrer\u00a0?",
            bouton="Enregistrer",
            phrases=phrases,
            chemin=[(liste, str(self.opts.verbose_name_plural).capitalize()), (request.get_full_path(), str(objet))],
            envoi=request.POST,
        )
