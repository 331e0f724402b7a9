"""What arrived at the notification address, for the régisseur: first what nobody has examined yet."""

from typing import cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from facturation.models import NotificationTipi
from facturation.models.tipi.notification import NotificationQuerySet
from famille.connexion.requete import compte_de
from francais import pluriel
from socle.admin.filtres import Filtre
from socle.admin.lecture import SansAjout, SansSuppression


class Examen(Filtre):
    title, parameter_name = "examen", "examen"
    defaut = "À examiner"
    choix = [("toutes", "Toutes")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[NotificationTipi]) -> QuerySet[NotificationTipi]:
        return queryset if self.value() else cast(NotificationQuerySet, queryset).a_examiner()


@admin.register(NotificationTipi)
class NotificationTipiAdmin(SansAjout, SansSuppression, admin.ModelAdmin):
    list_display = ["recue_le", "verdict", "refdet", "paiement", "examinee_le", "examinee_par"]
    list_filter = [Examen, "verdict"]
    list_select_related = ["paiement", "examinee_par"]
    readonly_fields = ["recue_le", "verdict", "refdet", "paiement", "corps", "examinee_le", "examinee_par"]
    fields = [*readonly_fields, "note"]
    actions = ["marquer_examinees"]
    show_full_result_count = False

    @admin.action(description="Marquer comme examinées", permissions=["change"])
    def marquer_examinees(self, request: HttpRequest, queryset: NotificationQuerySet) -> None:
        nombre = queryset.a_examiner().classer(par=compte_de(request), note="")
        messages.success(request, f"{pluriel(nombre, 'notification examinée', 'notifications examinées')}.")
