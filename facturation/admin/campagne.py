"""The campaigns, for the régie: preview, issue, progress, and all the invoices as one PDF for the printer."""

from collections.abc import Iterable
from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.forms import ModelForm
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from facturation.admin.page_de_campagne import FamilleCherchee, PageDeCampagne
from facturation.campagne.taches import demander_apercu, emettre_campagne
from facturation.models import Cahier, CampagneDeFacturation, Facture
from facturation.papiers.taches import mettre_en_file, relier_campagne
from famille.connexion.requete import compte_de
from francais import date_courte, euros
from socle.admin.confirmation import CHAMP, Confirmation
from socle.admin.lecture import SansModification
from socle.admin.pages import AvecPages

RAFRAICHIR = "2"  # seconds, while the queue is at work


@admin.register(CampagneDeFacturation)
class CampagneAdmin(SansModification, AvecPages):
    list_display = ["campagne", "nombre", "total", "emise"]
    list_display_links = None  # each leads to its own page, not to a form that changes nothing
    list_filter = ["regie"]
    list_select_related = ["regie"]
    fields = ["regie", ("du", "au")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CampagneDeFacturation]:
        return super().get_queryset(request).annotate(nombre=Count("factures"), total=Sum("factures__montant"))

    def get_urls(self) -> list[URLPattern]:
        return [
            self.adresse("<int:pk>/apercu/", self.apercu_view, "apercu"),
            self.adresse("<int:pk>/calcul/", self.calcul_view, "calcul"),
            self.adresse("<int:pk>/emission/", self.emission_view, "emission"),
            self.adresse("<int:pk>/impression/", self.impression_view, "impression"),
            self.adresse("<int:pk>/cahiers/<int:cahier>/", self.cahier_view, "cahier"),
            *super().get_urls(),
        ]

    def has_delete_permission(self, request: HttpRequest, obj: CampagneDeFacturation | None = None) -> bool:
        """Whoever may prepare one may give it up, while nothing is issued. Without `obj`: never several at once."""
        return obj is not None and obj.est_en_preparation and self.has_add_permission(request)

    def get_deleted_objects(
        self, objs: Iterable[CampagneDeFacturation], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Its preview goes with it: of no use to read, and a line a famille."""
        return [str(campagne) for campagne in objs], {}, set(), []

    def delete_model(self, request: HttpRequest, obj: CampagneDeFacturation) -> None:
        """The issue may have begun since the page was read: whoever comes second is refused."""
        with transaction.atomic():
            verrouillee = CampagneDeFacturation.objects.select_for_update().filter(pk=obj.pk).first()
            if verrouillee is None or not verrouillee.est_en_preparation:
                raise PermissionDenied
            super().delete_model(request, obj)

    @admin.display(description="campagne", ordering="du")
    def campagne(self, campagne: CampagneDeFacturation) -> SafeString:
        page = reverse("admin:facturation_campagnedefacturation_apercu", args=[campagne.pk])
        return format_html('<a href="{}">{}</a>', page, campagne)

    @admin.display(description="factures", ordering="nombre")
    def nombre(self, campagne: CampagneDeFacturation) -> int:
        return campagne.nombre

    @admin.display(description="total", ordering="total", empty_value="—")
    def total(self, campagne: CampagneDeFacturation) -> str | None:
        return None if campagne.total is None else euros(campagne.total)

    @admin.display(description="émise le", ordering="emise_le", empty_value="—")
    def emise(self, campagne: CampagneDeFacturation) -> str | None:
        """As its invoices are dated."""
        return date_courte(campagne.date or timezone.localdate(campagne.emise_le)) if campagne.est_emise else None

    def save_model(self, request: HttpRequest, obj: CampagneDeFacturation, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        demander_apercu(obj, au=timezone.localdate())

    def response_add(
        self, request: HttpRequest, obj: CampagneDeFacturation, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._page(obj.pk)

    def apercu_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What would be issued; while it is being issued, how far; afterwards, what was, and its papers."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        campagne = get_object_or_404(self.get_queryset(request).select_related("regie", "apercu"), pk=pk)
        cherche = FamilleCherchee.lire(request.GET)
        page = PageDeCampagne(campagne, compte_de(request), maintenant=timezone.now(), cherche=cherche).lire()
        contexte = {
            "campagne": campagne,
            "page": page,
            "peut_supprimer": self.has_delete_permission(request, campagne),
        }
        gabarit = "admin/facturation/campagnedefacturation/apercu.html"
        reponse = self.montrer_page(request, gabarit, f"Campagne {campagne}", contexte)
        if page.attend:
            reponse["Refresh"] = RAFRAICHIR
        return reponse

    def calcul_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST has the preview reckoned anew."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        campagne = get_object_or_404(CampagneDeFacturation, pk=pk)
        if request.method == "POST" and campagne.est_en_preparation:
            demander_apercu(campagne, au=timezone.localdate())
        return self._page(pk)

    def emission_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks first, in numbers; POST leaves the issue to the queue, if it answers that very question.

        One that is under way was asked about: it resumes at once.
        """
        page = self._pour_emettre(request, pk)
        question = self._demander(page)
        if page.peut_emettre and not (request.method == "POST" and question.est_donnee(request.POST)):
            return question.demander(self, request)
        if request.method == "POST" and CHAMP in request.POST and not page.campagne.est_en_preparation:
            # The answer to a question that somebody, or another tab, has answered meanwhile.
            messages.info(request, "Cette campagne est déjà émise, ou en train de l’être.")
        elif request.method == "POST" and (page.peut_emettre or page.peut_reprendre):
            aujourd_hui = timezone.localdate()
            page.campagne.demander_emission(le=aujourd_hui, par=compte_de(request))
            transaction.on_commit(partial(emettre_campagne.enqueue, pk, aujourd_hui.isoformat(), compte_de(request).pk))
            self.log_change(request, page.campagne, "Émission demandée.")
            messages.success(request, "L’émission est lancée.")
        return self._page(pk)

    def _demander(self, page: PageDeCampagne) -> Confirmation:
        campagne = page.campagne
        return Confirmation(
            titre=f"Émettre la campagne {campagne}\u00a0?",
            bouton=page.bouton,
            phrases=page.ce_qui_sera_emis,
            chemin=[
                (reverse("admin:facturation_campagnedefacturation_changelist"), "Campagnes de facturation"),
                (
                    reverse("admin:facturation_campagnedefacturation_apercu", args=[page.campagne.pk]),
                    str(page.campagne),
                ),
            ],
        )

    def impression_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST leaves to the queue the papers that are missing: a worker may have died on them."""
        page = self._pour_emettre(request, pk)
        if request.method == "POST" and page.peut_relancer:
            sans_pdf = Facture.objects.filter(campagne=pk, document=None).order_by("numero")
            mettre_en_file(list(sans_pdf.values_list("pk", flat=True)))
            transaction.on_commit(partial(relier_campagne.enqueue, pk))
            messages.success(request, "La préparation est relancée.")
        return self._page(pk)

    def _pour_emettre(self, request: HttpRequest, pk: int) -> PageDeCampagne:
        if not request.user.has_perm("facturation.emettre_campagne"):
            raise PermissionDenied
        campagne = get_object_or_404(self.get_queryset(request).select_related("regie", "apercu"), pk=pk)
        return PageDeCampagne(campagne, compte_de(request), maintenant=timezone.now())

    def cahier_view(self, request: HttpRequest, pk: int, cahier: int) -> FileResponse:
        """Every invoice as it was sent, one after the other."""
        if not self.has_view_permission(request) or not request.user.has_perm("facturation.view_facture"):
            raise PermissionDenied
        demande = get_object_or_404(Cahier.objects.select_related("campagne__regie"), campagne=pk, pk=cahier)
        nom = f"factures-{demande.campagne.regie.code}-{demande.premier}-a-{demande.dernier}.pdf"
        return FileResponse(demande.fichier.open("rb"), filename=nom, content_type="application/pdf")

    def _page(self, pk: int) -> HttpResponse:
        return redirect("admin:facturation_campagnedefacturation_apercu", pk)
