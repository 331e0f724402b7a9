"""Opening accesses from the responsables' pages: the answer is the courrier, straight to the printer."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.debug import sensitive_variables

from famille.acces.ouverture import ouvrir_les_acces
from famille.models import Responsable
from socle.admin.pages import AvecPages

# A letter costs a tenth of a second: an agent who waits longer than that for a page clicks again.
LETTRES_MAX = 100


class OuvertureDesAcces(AvecPages):
    """The button of one responsable, and the action for several."""

    actions = ["ouvrir_les_acces"]

    def has_ouvrir_acces_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("famille.ouvrir_acces")

    def get_urls(self) -> list[URLPattern]:
        return [self.adresse("<int:pk>/acces/", self.acces_view, "acces"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        contexte = {**(extra_context or {}), "peut_ouvrir_acces": self.has_ouvrir_acces_permission(request)}
        return super().change_view(request, object_id, form_url, contexte)

    def acces_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET asks, POST opens. Replacing a password that exists takes `remplacer`, which only the question sends."""
        if not self.has_ouvrir_acces_permission(request):
            raise PermissionDenied
        responsable = self.get_queryset(request).select_related("compte", "famille").filter(pk=pk).first()
        if responsable is None:
            raise Http404
        if responsable.obstacle_a_l_acces:
            messages.error(request, responsable.obstacle_a_l_acces)
            return redirect("admin:famille_responsable_change", pk)
        if request.method == "POST" and (responsable.compte is None or "remplacer" in request.POST):
            return self._imprimer(request, [responsable])
        return self._demander(request, [responsable], retour=reverse("admin:famille_responsable_change", args=[pk]))

    @admin.action(description="Ouvrir l’accès et imprimer les courriers", permissions=["ouvrir_acces"])
    def ouvrir_les_acces(self, request: HttpRequest, queryset: QuerySet[Responsable]) -> HttpResponse | None:
        responsables = list(queryset.select_related("compte", "famille")[: LETTRES_MAX + 1])
        if len(responsables) > LETTRES_MAX:
            texte = f"Choisissez au plus {LETTRES_MAX} responsables à la fois."
            messages.error(request, texte)
            return None
        if "confirmer" not in request.POST:
            return self._demander(request, responsables, retour=request.get_full_path())
        a_ouvrir = [r for r in responsables if _est_a_ouvrir(r, remplacer="remplacer" in request.POST)]
        if not a_ouvrir:
            messages.warning(request, "Aucun courrier à imprimer\u00a0: tous ont déjà un accès.")
            return None
        return self._imprimer(request, a_ouvrir)

    def _demander(self, request: HttpRequest, responsables: list[Responsable], *, retour: str) -> HttpResponse:
        servis = [responsable for responsable in responsables if not responsable.obstacle_a_l_acces]
        a_remplacer = [responsable for responsable in servis if responsable.compte]
        un, plusieurs = "Ouvrir l’accès et imprimer le courrier", "Ouvrir les accès et imprimer les courriers"
        if servis and len(a_remplacer) == len(servis):
            un, plusieurs = "Nouveau mot de passe et courrier", "Nouveaux mots de passe et courriers"
        titre = plusieurs if len(servis) > 1 else un
        contexte = {
            "responsables": responsables,
            "seul": responsables[0] if len(responsables) == 1 else None,
            "nouveaux": [r for r in responsables if _est_a_ouvrir(r, remplacer=False)],
            "a_remplacer": a_remplacer,
            "obstacles": [r.obstacle_a_l_acces for r in responsables if r.obstacle_a_l_acces],
            "bouton": "Imprimer les courriers" if len(servis) > 1 else "Imprimer le courrier",
            "lettres": len(servis),
            "par_action": ACTION_CHECKBOX_NAME in request.POST,
            "case": ACTION_CHECKBOX_NAME,
            "retour": retour,
        }
        return self.montrer_page(request, "admin/famille/responsable/acces.html", titre, contexte)

    @sensitive_variables()
    def _imprimer(self, request: HttpRequest, responsables: list[Responsable]) -> HttpResponse:
        deja_ouverts = {responsable.pk for responsable in responsables if responsable.compte}
        with transaction.atomic():
            courrier = ouvrir_les_acces(responsables, le=timezone.localdate())
            for lettre in courrier.lettres:
                fait = "Nouveau mot de passe provisoire" if lettre.responsable.pk in deja_ouverts else "Accès ouvert"
                self.log_change(request, lettre.responsable, f"{fait}, courrier imprimé.")
        return HttpResponse(
            courrier.pdf,
            content_type="application/pdf",
            headers={
                "Content-Disposition": content_disposition_header(False, courrier.nom_du_fichier),
                "Cache-Control": "no-store",
            },
        )


def _est_a_ouvrir(responsable: Responsable, *, remplacer: bool) -> bool:
    return not responsable.obstacle_a_l_acces and (remplacer or responsable.compte is None)
