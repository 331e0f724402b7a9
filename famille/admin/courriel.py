"""The outbox of `courriels`, with the famille whose number each e-mail carries."""

from collections.abc import Iterable

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q
from django.http import HttpRequest

from courriels.admin import CourrielAdmin
from courriels.models import Courriel
from famille.models import Famille
from socle.admin.recherche import RechercheParMots

from . import recherche


class BoiteDEnvoi(ChangeList):
    """A page of e-mails, with their familles in two queries."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.completer(list(self.result_list))

    def completer(self, lignes: list[Courriel]) -> None:
        nommer(lignes)


@admin.register(Courriel)
class CourrielDeFamilleAdmin(CourrielAdmin, RechercheParMots):
    list_display = ("destinataire", "famille", *CourrielAdmin.list_display[1:])
    fields = readonly_fields = ("destinataire", "famille", *CourrielAdmin.fields[1:])

    def get_changelist(self, request: HttpRequest, **options: object) -> type[ChangeList]:
        return BoiteDEnvoi

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Courriel | None:
        courriel = super().get_object(request, object_id, from_field)
        nommer([courriel] if courriel else [])
        return courriel

    def trouve(self, mot: str) -> Q:
        return recherche.famille(mot, "dossier") | Q(destinataire__icontains=mot)

    @admin.display(description="famille")
    def famille(self, courriel: Courriel) -> str:
        return courriel.nom_du_dossier


def nommer(courriels: Iterable[Courriel]) -> None:
    """Say whose each is. Some are nobody's: an agent's password belongs to no dossier."""
    familles = Famille.objects.avec_responsables().in_bulk(
        {courriel.dossier for courriel in courriels if courriel.dossier}
    )
    for courriel in courriels:
        if courriel.dossier in familles:
            courriel.nom_du_dossier = str(familles[courriel.dossier])
