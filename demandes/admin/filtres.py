"""What an agent looks for in the queue: what waits, of which kind, since when."""

from datetime import timedelta
from typing import cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from demandes.models.queryset import DemandeQuerySet
from demandes.types import GENRES
from famille.connexion.requete import compte_de
from socle.admin.filtres import Filtre


class ParAvancement(Filtre):
    """What waits comes first: it is why an agent opens the page."""

    title, parameter_name = "état", "etat"
    defaut = "En attente"
    choix = [
        ("libres", "En attente, personne dessus"),
        ("moi", "En attente, prises en charge par moi"),
        ("acceptees", "Acceptées"),
        ("refusees", "Refusées"),
        ("retirees", "Retirées"),
        ("expirees", "Expirées, sans réponse à temps"),
        ("toutes", "Toutes"),
    ]

    @classmethod
    def regarde_le_passe(cls, request: HttpRequest) -> bool:
        """The page shows what was decided."""
        return request.GET.get(cls.parameter_name) in {"acceptees", "refusees", "retirees", "expirees", "toutes"}

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        demandes = cast(DemandeQuerySet, queryset)
        match self.value():
            case "libres":
                return demandes.en_attente().filter(prise_en_charge_par=None)
            case "moi":
                return demandes.en_attente().filter(prise_en_charge_par=request.user)
            case "acceptees":
                return demandes.acceptees()
            case "refusees":
                return demandes.refusees()
            case "retirees":
                return demandes.retirees()
            case "expirees":
                return demandes.expirees()
            case "toutes":
                return demandes
        return demandes.en_attente()


class ParGenre(admin.SimpleListFilter):
    title, parameter_name = "demande", "type"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(genre.code, genre.nom_court()) for genre in GENRES.traites_par(compte_de(request))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(type=self.value()) if self.value() else queryset


class ParAnciennete(Filtre):
    title, parameter_name = "ancienneté", "depuis"
    choix = [(str(jours), f"Plus de {jours} jours") for jours in (2, 7, 15)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        jours = self.value()
        if jours not in dict(self.choix):
            return queryset
        return queryset.filter(deposee_le__lt=timezone.now() - timedelta(days=int(jours)))
