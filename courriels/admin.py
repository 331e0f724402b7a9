"""The outbox, for agents: what did not arrive, and trying again.

Registered by the app that knows whose the e-mails are: `famille.admin.courriel`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest

import francais
from courriels.depot import relancer
from courriels.models import Courriel

if TYPE_CHECKING:
    from django.contrib.admin.filters import _ListFilterChoices


class EtatDuCourriel(admin.SimpleListFilter):
    """Those given up first: they are why an agent comes."""

    title, parameter_name = "état", "etat"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("attente", "En attente"), ("envoyes", "Envoyés"), ("tous", "Tous")]

    def choices(self, changelist: ChangeList) -> Iterator[_ListFilterChoices]:
        choix = list(super().choices(changelist))
        choix[0]["display"] = "Non distribués"
        return iter(choix)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Courriel]) -> QuerySet[Courriel]:
        match self.value():
            case "attente":
                return queryset.filter(prochain_essai__isnull=False)
            case "envoyes":
                return queryset.filter(envoye_le__isnull=False)
            case "tous":
                return queryset
        return queryset.filter(pk__in=Courriel.objects.en_echec())


class CourrielAdmin(admin.ModelAdmin):
    """Read, and try again. Nobody writes an e-mail here, nor deletes one."""

    list_display: tuple[str, ...] = ("destinataire", "sujet", "depose_le", "etat", "essais", "erreur")
    list_filter = (EtatDuCourriel,)
    show_full_result_count = False
    fields: ClassVar[tuple[str, ...]] = (
        "destinataire",
        "sujet",
        "depose_le",
        "etat",
        "envoye_le",
        "prochain_essai",
        "essais",
        "erreur",
    )
    readonly_fields: ClassVar[tuple[str, ...]] = fields
    actions = ("relancer",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Courriel | None = None) -> bool:
        return False

    @admin.display(description="état")
    def etat(self, courriel: Courriel) -> str:
        if courriel.envoye_le:
            return "Envoyé"
        return "Non distribué" if courriel.est_en_echec else "En attente"

    @admin.action(description="Essayer de nouveau", permissions=["change"])
    def relancer(self, request: HttpRequest, queryset: QuerySet[Courriel]) -> None:
        relances = relancer(Courriel.objects.filter(pk__in=queryset))
        messages.success(request, f"De nouveau dans la file\u00a0: {francais.pluriel(relances, 'courriel')}.")
