"""Documents of « Formulaires », for agents."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from messagerie.models import Document
from messagerie.models.document import TAILLE_MAX
from socle.admin.formulaire import FormulairePrepare, RefusDit
from socle.admin.mise_en_page import Champs
from socle.admin.pages import AvecPages
from socle.fichiers.depot import tout_ou_rien
from socle.fichiers.examen import Fichier, TypeMime, examiner, poids

from .information import Visibilite


class DocumentForm(FormulairePrepare):
    """The file is asked for once; another one takes its place."""

    depot = forms.FileField(
        label="Fichier",
        help_text=f"PDF, JPEG ou PNG, {poids(TAILLE_MAX)} au plus.",
        widget=forms.FileInput(attrs={"accept": ",".join(TypeMime)}),
    )

    class Meta:
        model = Document
        fields = ["titre", "categorie", "publiee_le", "jusqu_au"]

    def preparer(self) -> None:
        if self.instance.pk and "depot" in self.fields:
            self.fields["depot"].required = False
            self.fields["depot"].label = "Remplacer le fichier"

    def clean_depot(self) -> Fichier | None:
        recu = self.cleaned_data["depot"]
        return examiner(recu, TAILLE_MAX) if recu else None


@admin.register(Document)
class DocumentAdmin(AvecPages, RefusDit):
    form = DocumentForm
    list_display = ["titre", "categorie", "genre", "poids", "publiee_le", "jusqu_au"]
    list_filter = [Visibilite, "categorie"]
    search_fields = ["titre"]
    fields = ["titre", "categorie", "actuel", "depot", "publiee_le", "jusqu_au"]
    readonly_fields = ["actuel"]

    def get_urls(self) -> list[URLPattern]:
        return [self.adresse("<int:pk>/fichier/", self.fichier_view, "fichier"), *super().get_urls()]

    def get_fields(self, request: HttpRequest, obj: Document | None = None) -> Champs:
        return [champ for champ in self.fields if obj or champ != "actuel"]

    def save_model(self, request: HttpRequest, obj: Document, form: DocumentForm, change: bool) -> None:
        if form.cleaned_data["depot"]:
            obj.recevoir(form.cleaned_data["depot"])
        with tout_ou_rien():
            super().save_model(request, obj, form, change)

    def fichier_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(Document, pk=pk).servir(request)

    @admin.display(description="fichier actuel")
    def actuel(self, document: Document) -> SafeString:
        adresse = reverse("admin:messagerie_document_fichier", args=[document.pk])
        return format_html('<a href="{}">{}</a> ({}, {})', adresse, document.nom, document.genre, document.poids)

    @admin.display(description="type")
    def genre(self, document: Document) -> str:
        return document.genre

    @admin.display(description="taille")
    def poids(self, document: Document) -> str:
        return document.poids
