"""The familles, for agents: the whole dossier on a page."""

from django.contrib import admin
from django.db.models import Model, Q, QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

import francais
from famille.admin.finances.banque import InformationsBancairesInline
from famille.admin.finances.caf import InformationsCafInline, QuotientFamilialInline
from famille.admin.finances.fiscal import InformationsFiscalesInline
from famille.models import Famille, Responsable
from socle.admin.mise_en_page import Champs
from socle.admin.recherche import RechercheParMots
from socle.admin.semblables import DemandeSiPareil, Doute

from . import recherche
from .rattachement import RattachementDeFamilleInline
from .responsable import ResponsableInline
from .semblables import adultes_identifies, doutes_sur_des_adultes


@admin.register(Famille)
class FamilleAdmin(DemandeSiPareil, RechercheParMots):
    list_display = ["numero", "titulaire", "conjoint", "prenoms", "telephone", "commune", "page"]
    conseil_de_recherche = "Numéro de famille, nom ou prénom d’un responsable ou d’un enfant."
    fields = ["numero", "organisme_rattachement", "reference", "creee_le"]
    readonly_fields = ["numero", "creee_le"]
    inlines = [
        ResponsableInline,
        RattachementDeFamilleInline,
        QuotientFamilialInline,
        InformationsCafInline,
        InformationsFiscalesInline,
        InformationsBancairesInline,
    ]

    def trouve(self, mot: str) -> Q:
        return recherche.famille(mot)

    def identites(self, objet: Model) -> set:
        return adultes_identifies(Responsable.objects.filter(famille=objet.pk))

    def doutes(self, request: HttpRequest, objet: Model, nouvelles: set) -> list[Doute]:
        return doutes_sur_des_adultes(Responsable.objects.filter(famille=objet.pk), nouvelles)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Famille]:
        return super().get_queryset(request).prefetch_related("responsables", "enfants")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Famille | None:
        """With its quotients, before the page changes them: its invoices depend on them."""
        famille = super().get_object(request, object_id, from_field)
        if famille is not None and request.method == "POST":
            prefetch_related_objects([famille], "quotients")
        return famille

    def get_fields(self, request: HttpRequest, obj: Famille | None = None) -> Champs:
        return [*self.fields] if obj else ["organisme_rattachement", "reference"]

    @admin.display(description="titulaire", empty_value="—")
    def titulaire(self, famille: Famille) -> str | None:
        return str(famille.titulaire) if famille.titulaire else None

    @admin.display(description="conjoint", empty_value="—")
    def conjoint(self, famille: Famille) -> str | None:
        return str(famille.conjoint) if famille.conjoint else None

    @admin.display(description="enfants")
    def prenoms(self, famille: Famille) -> str:
        return ", ".join(enfant.prenom for enfant in famille.enfants.all())

    @admin.display(description="téléphone")
    def telephone(self, famille: Famille) -> str:
        titulaire = famille.titulaire
        numero = titulaire and (titulaire.mobile or titulaire.telephone_domicile)
        return francais.telephone(numero) if numero else ""

    @admin.display(description="page de la famille")
    def page(self, famille: Famille) -> SafeString:
        adresse, qui = reverse("admin:guichet_famille", args=[famille.pk]), famille.numero
        return format_html('<a href="{}" aria-label="Ouvrir la page de la famille {}">Ouvrir</a>', adresse, qui)

    @admin.display(description="ville")
    def commune(self, famille: Famille) -> str:
        return famille.titulaire.ville if famille.titulaire else ""
