"""Asked before a record is saved: what looks alike already. The form comes back as it was sent, with where to look;
« Enregistrer quand même » saves it, as long as it answers that very question."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

from django import forms
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.html import format_html

from socle.admin.confirmation import ConfirmeAvant
from socle.admin.formulaire import qui_refuse

QUAND_MEME = "quand_meme"  # the name of the button; its value is what was asked


@dataclass(frozen=True)
class Doute:
    """What makes one hesitate, and the page to look at, if there is one."""

    phrase: str
    lien: str = ""

    def __str__(self) -> str:
        if not self.lien:
            return self.phrase
        return format_html('<a href="{}" target="_blank">{}</a>', self.lien, self.phrase)


class DemandeSiPareil(ConfirmeAvant):
    """The record is saved to be compared, inlines included, then undone. What it was already is not asked again."""

    _doutes: Sequence[Doute] = ()

    def identites(self, objet: Model) -> set:
        """By what it could be taken for another, as it is in the database."""
        raise NotImplementedError

    def doutes(self, request: HttpRequest, objet: Model, nouvelles: set) -> list[Doute]:
        """`nouvelles`: those of its identities that it had not."""
        raise NotImplementedError

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        if request.method != "POST" or self.est_un_essai:
            return super().changeform_view(request, object_id, form_url, extra_context)
        doutes = self._chercher(request, object_id, form_url, extra_context)
        if not doutes or constant_time_compare(request.POST.get(QUAND_MEME, ""), _question(doutes)):
            return super().changeform_view(request, object_id, form_url, extra_context)
        hesitante = copy(self)
        hesitante._doutes = doutes
        contexte = {**(extra_context or {}), "quand_meme": _question(doutes), "champ_quand_meme": QUAND_MEME}
        return super(DemandeSiPareil, hesitante).changeform_view(request, object_id, form_url, contexte)

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **options: object
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change=change, **options)
        return qui_refuse(form, [str(doute) for doute in self._doutes]) if self._doutes else form

    def _chercher(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: dict | None
    ) -> list[Doute]:
        essai = self._a_l_essai()
        with transaction.atomic():
            ancien = self.get_object(request, unquote(object_id)) if object_id else None
            avant = self.identites(ancien) if ancien else set()
            essai.changeform_view(request, object_id, form_url, extra_context)
            nouveau = essai.essaye
            doutes = self.doutes(request, nouveau, self.identites(nouveau) - avant) if nouveau else []
            transaction.set_rollback(True)
        return doutes


def _question(doutes: Sequence[Doute]) -> str:
    return salted_hmac("socle.semblables", "\n".join(map(str, doutes))).hexdigest()
