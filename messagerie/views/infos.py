"""« Infos/Documents »: what the centre announces and publishes for all."""

from itertools import groupby

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import ListView, TemplateView, View

from famille.connexion.requete import FamilleRequise
from messagerie.models import Document, Information
from messagerie.models.information import InformationQuerySet

# The centre's own files, the same for all: a browser may keep one for an hour.
CACHE = "private, max-age=3600"


class Infos(FamilleRequise, ListView):
    """What is to be known today."""

    template_name = "messagerie/infos.html"
    paginate_by = 10
    titre, archives = "Infos/Documents", False

    def get_queryset(self) -> QuerySet[Information]:
        return self.siennes().en_cours(timezone.localdate())

    def siennes(self) -> InformationQuerySet:
        return Information.objects.pour(self.request.famille, timezone.localdate())

    def get_context_data(self, **kwargs: object) -> dict:
        contexte = super().get_context_data() | kwargs
        return contexte | {"infos": list(contexte["page_obj"]), "titre": self.titre, "archives": self.archives}


class Archives(Infos):
    """What was to be known."""

    titre, archives = "Anciennes informations", True

    def get_queryset(self) -> QuerySet[Information]:
        return self.siennes().archivees(timezone.localdate()).order_by("-publiee_le", "-pk")


class Formulaires(FamilleRequise, TemplateView):
    """Documents to download, by category."""

    template_name = "messagerie/formulaires.html"

    def get_context_data(self, **kwargs: object) -> dict:
        aujourd_hui = timezone.localdate()
        contexte = {
            "categories": _par_categorie(Document.objects.en_cours(aujourd_hui)),
            "anciens": _par_categorie(Document.objects.archivees(aujourd_hui)),
        }
        return super().get_context_data(**kwargs) | contexte


class FichierDeDocument(FamilleRequise, View):
    """A document's file. One that is not yet published does not exist."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        parus = Document.objects.filter(publiee_le__lte=timezone.localdate())
        return get_object_or_404(parus, pk=pk).servir(request, cache=CACHE)


def _par_categorie(documents: QuerySet[Document]) -> list[tuple[str, list[Document]]]:
    """In the order of the guide: Menus, Programmes, NAP…"""
    rangs = {categorie: rang for rang, categorie in enumerate(Document.Categorie.values)}
    tries = sorted(documents, key=lambda document: rangs[document.categorie])
    return [(nom, list(groupe)) for nom, groupe in groupby(tries, key=Document.get_categorie_display)]
