"""The kinds of documents: what each is, until when it holds, what one does not book without it, who wants it."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

import francais
from famille.models import PieceDemandee
from planning.models import PieceExigee
from socle.admin.choix import ChoixDits
from socle.admin.tableau import Tableau


class PieceExigeeInline(ChoixDits, Tableau):
    model = PieceExigee


@admin.register(PieceDemandee)
class PieceDemandeeAdmin(admin.ModelAdmin):
    list_display = ["nom", "pour", "prestations", "echeance", "bloquante", "du", "au"]
    inlines = [PieceExigeeInline]
    fieldsets = [
        (None, {"fields": ["nom", "consigne"]}),
        ("À qui", {"fields": ["pour", ("du", "au")]}),
        ("Ce qu’elle vaut", {"fields": ["tenue_par", "echeance", "bloquante", "de_sante"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PieceDemandee]:
        return super().get_queryset(request).annotate(nombre=Count("exigences"))

    @admin.display(description="prestations")
    def prestations(self, piece: PieceDemandee) -> str:
        nombre = getattr(piece, "nombre", 0)
        return francais.pluriel(nombre, "prestation") if nombre else "toutes"
