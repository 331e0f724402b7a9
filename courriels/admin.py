"""The outbox, for agents: what did not arrive, and trying again.

Registered by the app that knows whose the e-mails are: `famille.admin.courriel`.
"""

from typing import ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

import francais
from courriels.depot import relancer
from courriels.models import Courriel
from socle.admin.filtres import Filtre
from socle.admin.lecture import SansAjout, SansSuppression


class EtatDuCourriel(Filtre):
    """Those that did not arrive first, given up or waiting: they are why an agent comes."""

    title, parameter_name = "état", "etat"
    defaut = "À surveiller"
    choix = [
        ("refuses", "Non distribués"),
        ("attente", "En attente"),
        ("envoyes", "Envoyés"),
        ("tous", "Tous"),
    ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Courriel]) -> QuerySet[Courriel]:
        match self.value():
            case "refuses":
                return queryset.filter(pk__in=Courriel.objects.en_echec())
            case "attente":
                return queryset.filter(prochain_essai__isnull=False)
            case "envoyes":
                return queryset.filter(envoye_le__isnull=False)
            case "tous":
                return queryset
        return queryset.filter(pk__in=Courriel.objects.a_surveiller())


class CourrielAdmin(SansAjout, SansSuppression, admin.ModelAdmin):
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

    @admin.display(description="état")
    def etat(self, courriel: Courriel) -> str:
        if courriel.envoye_le:
            return "Envoyé"
        if courriel.est_en_echec:
            return "Non distribué"
        return "En attente, réessayé" if courriel.essais else "En attente"

    @admin.action(description="Essayer de nouveau", permissions=["change"])
    def relancer(self, request: HttpRequest, queryset: QuerySet[Courriel]) -> None:
        relances = relancer(Courriel.objects.filter(pk__in=queryset))
        messages.success(request, f"De nouveau dans la file\u00a0: {francais.pluriel(relances, 'e-mail')}.")
