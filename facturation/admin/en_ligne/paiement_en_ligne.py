"""The online payments, for the régisseur: all or the day’s, and the confirmation by hand of what the Treasury lists."""

from datetime import timedelta
from functools import partial
from typing import cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils import timezone

from facturation.admin.formulaires import ConfirmationForm
from facturation.admin.question import Question
from facturation.models import PaiementEnLigne
from facturation.models.tipi.paiement_en_ligne import PaiementEnLigneQuerySet
from famille.admin import recherche
from famille.connexion.requete import compte_de
from francais import euros
from socle.admin.filtres import Filtre
from socle.admin.lecture import LectureSeule
from socle.admin.pages import AvecPages
from socle.admin.recherche import RechercheParMots


class JourDuPaiement(Filtre):
    """Today's are what the till is closed on; unless one asks, those of yesterday that still wait are there too."""

    title, parameter_name = "jour", "jour"
    choix = [("aujourd_hui", "Aujourd’hui"), ("semaine", "Sept derniers jours")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[PaiementEnLigne]) -> QuerySet[PaiementEnLigne]:
        jours = {"aujourd_hui": 0, "semaine": 6}.get(self.value() or "")
        if jours is None:
            return queryset
        return queryset.filter(cree_le__date__gte=timezone.localdate() - timedelta(days=jours))


class Reponse(Filtre):
    """What was perhaps paid without our knowing it."""

    title, parameter_name = "réponse du Trésor", "reponse"
    choix = [("sans", "Sans réponse depuis trente jours au plus")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[PaiementEnLigne]) -> QuerySet[PaiementEnLigne]:
        if self.value() != "sans":
            return queryset
        return cast(PaiementEnLigneQuerySet, queryset).a_examiner(timezone.now())


@admin.register(PaiementEnLigne)
class PaiementEnLigneAdmin(LectureSeule, AvecPages, RechercheParMots):
    list_display = ["refdet", "facture", "famille", "somme", "etat", "cree_le", "reglement"]
    list_filter = [Reponse, JourDuPaiement, "etat"]
    fields = readonly_fields = (
        "refdet",
        "facture",
        "famille",
        "somme",
        "etat",
        "courriel",
        "cree_le",
        "clos_le",
        "numauto",
        "reglement",
        "confirme_par",
        "motif",
    )
    view_on_site = False  # a parent's address
    conseil_de_recherche = "Référence TIPI, famille, responsable ou enfant."

    def trouve(self, mot: str) -> Q:
        return Q(refdet__istartswith=mot) | recherche.famille(mot, "facture__famille")

    def get_queryset(self, request: HttpRequest) -> QuerySet[PaiementEnLigne]:
        paiements = super().get_queryset(request).select_related("facture__regie", "reglement__regie")
        return paiements.prefetch_related("facture__famille__responsables")

    def get_urls(self) -> list[URLPattern]:
        return [self.adresse("<int:pk>/confirmation/", self.confirmation_view, "confirmation"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        contexte = {**(extra_context or {}), "peut_confirmer": self._peut_confirmer(request)}
        return super().change_view(request, object_id, form_url, contexte)

    @admin.display(description="famille")
    def famille(self, paiement: PaiementEnLigne) -> str:
        return str(paiement.facture.famille)

    @admin.display(description="montant", ordering="montant")
    def somme(self, paiement: PaiementEnLigne) -> str:
        return euros(paiement.montant)

    def confirmation_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks on which proof, then records the Règlement."""
        if not self._peut_confirmer(request):
            raise PermissionDenied
        paiement = get_object_or_404(PaiementEnLigne.objects.select_related("facture__regie"), pk=pk)
        question = Question(
            titre=f"Confirmer le paiement {paiement.refdet}",
            bouton="Enregistrer le règlement",
            formulaire=ConfirmationForm,
            verbe=partial(paiement.confirmer, par=compte_de(request)),
            fait="Le règlement {} est enregistré.",
            journal="Confirmé à la main\u00a0: règlement {}",
            deja=f"Le paiement {paiement.refdet} est déjà enregistré." if paiement.reglement_id else "",
        )
        return question.poser(self, request, paiement)

    def _peut_confirmer(self, request: HttpRequest) -> bool:
        return request.user.has_perm("facturation.confirmer_paiementenligne")
