"""The outbox, for agents: what did not arrive, and trying again."""

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest

import francais
from famille.admin.recherche import RechercheParMots, famille
from messagerie.models import Courriel


class EtatDuCourriel(admin.SimpleListFilter):
    """Those given up first: they are why an agent comes."""

    title, parameter_name = "état", "etat"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("attente", "En attente"), ("envoyes", "Envoyés"), ("tous", "Tous")]

    def choices(self, changelist):
        choix = list(super().choices(changelist))
        choix[0]["display"] = "Non distribués"
        return choix

    def queryset(self, request: HttpRequest, queryset: QuerySet[Courriel]) -> QuerySet[Courriel]:
        match self.value():
            case "attente":
                return queryset.filter(prochain_essai__isnull=False)
            case "envoyes":
                return queryset.filter(envoye_le__isnull=False)
            case "tous":
                return queryset
        return queryset.en_echec()


@admin.register(Courriel)
class CourrielAdmin(RechercheParMots):
    list_display = ["destinataire", "famille", "sujet", "depose_le", "etat", "essais", "erreur"]
    list_filter = [EtatDuCourriel]
    list_select_related = ["famille"]
    show_full_result_count = False
    fields = readonly_fields = [
        "destinataire",
        "famille",
        "sujet",
        "depose_le",
        "etat",
        "envoye_le",
        "prochain_essai",
        "essais",
        "erreur",
    ]
    actions = ["relancer"]

    def trouve(self, mot: str) -> Q:
        return famille(mot, "famille") | Q(destinataire__icontains=mot)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Courriel]:
        return super().get_queryset(request).prefetch_related("famille__responsables")

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
        nombre = francais.pluriel(queryset.relancer(), "courriel")
        messages.success(request, f"De nouveau dans la file\u00a0: {nombre}.")
