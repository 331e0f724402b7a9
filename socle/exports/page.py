"""What every list of the admin gets: « Exporter », for who may see it, and a line in the journal of who did."""

from collections.abc import Callable
from typing import cast

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponseNotAllowed, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import slugify

from francais import pluriel
from socle.exports import classeur, separe
from socle.exports.feuille import Feuille
from socle.exports.liste import feuille_de

PAGE = "exportation"


class ListeExportable(admin.ModelAdmin):
    """Before all that a ModelAdmin does: see `surveiller`. What a page calls its `non_exportees` are columns that stay
    there, because they are confidential, or only lead somewhere."""

    def get_urls(self) -> list[URLPattern]:
        nom = f"{self.opts.app_label}_{self.opts.model_name}_{PAGE}"
        vue = self.admin_site.admin_view(self.exportation_view)
        return [path(f"{PAGE}/", vue, name=nom), *super().get_urls()]

    def exportation_view(self, request: HttpRequest) -> HttpResponseBase:
        """The query is that of the list: its filters, its search, its order. Writes in the journal: never a GET."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        ecrire = FORMATS.get(request.POST.get("format", ""))
        if ecrire is None:
            raise BadRequest("format")
        liste = self.get_changelist_instance(request)
        feuille = feuille_de(liste, getattr(self, "non_exportees", frozenset()))
        self._noter(request, liste.queryset.count())
        return ecrire(feuille)

    def _noter(self, request: HttpRequest, combien: int) -> None:
        LogEntry.objects.create(
            user_id=cast(int, request.user.pk),
            content_type=ContentType.objects.get_for_model(self.model, for_concrete_model=False),
            object_repr=f"Liste «\u00a0{self.opts.verbose_name_plural}\u00a0»",
            action_flag=CHANGE,
            change_message=f"Exportée ({request.POST['format'].upper()})\u00a0: {pluriel(combien, 'ligne')}.",
        )


def en_csv(feuille: Feuille) -> HttpResponseBase:
    """Row by row, as they are read."""
    return StreamingHttpResponse(
        separe.ecrire(feuille), content_type="text/csv; charset=utf-8", headers=_entetes(feuille, "csv")
    )


def en_xlsx(feuille: Feuille) -> HttpResponseBase:
    fichier = classeur.ecrire(feuille)
    return FileResponse(fichier, content_type=classeur.TYPE_MIME, headers=_entetes(feuille, "xlsx"))


# How a table leaves, by the name of its format.
FORMATS: dict[str, Callable[[Feuille], HttpResponseBase]] = {"csv": en_csv, "xlsx": en_xlsx}


def _entetes(feuille: Feuille, extension: str) -> dict[str, str]:
    nom = f"{slugify(feuille.titre)}-{timezone.localdate():%Y-%m-%d}.{extension}"
    return {"Content-Disposition": f'attachment; filename="{nom}"', "Cache-Control": "private, no-store"}
