"""Filters of a list whose choices are written, one line each; the first one may be other than « Tous »."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.contrib.admin.filters import _ListFilterChoices


class Filtre(admin.SimpleListFilter):
    """`choix` are codes and words. `defaut` names what is shown unless one of them is asked for; empty, all rows."""

    choix: Sequence[tuple[str, str]] = ()
    defaut = ""

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Sequence[tuple[str, str]]:
        return self.choix

    def choices(self, changelist: ChangeList) -> Iterator[_ListFilterChoices]:
        tous, *choix = super().choices(changelist)
        if self.defaut:
            tous["display"] = self.defaut
        yield tous
        yield from choix
