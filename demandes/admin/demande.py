"""The queue of pending requests, the oldest first: what each row says, and who sees it."""

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

import francais
from demandes.admin.decision import DecisionDUneDemande
from demandes.admin.filtres import ParAnciennete, ParAvancement, ParGenre
from demandes.admin.marques import marquer
from demandes.admin.selection import DecisionEnNombre
from demandes.models import Demande
from demandes.models.queryset import DemandeQuerySet
from demandes.suivi.avancement import avancement
from famille.admin import recherche
from famille.connexion.requete import compte_de
from socle.admin.lecture import SansAjout, SansSuppression
from socle.admin.recherche import RechercheParMots


class File(ChangeList):
    """The queue, each request with its marks."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        # An action shows no list: it marks those that it decides.
        if ACTION_CHECKBOX_NAME not in request.POST:
            self.completer(list(self.result_list))

    def completer(self, lignes: list[Demande]) -> None:
        marquer(lignes)


@admin.register(Demande)
class DemandeAdmin(SansAjout, SansSuppression, DecisionDUneDemande, DecisionEnNombre, RechercheParMots):
    list_filter = [ParAvancement, ParGenre, ParAnciennete]
    conseil_de_recherche = "Nom d’un responsable ou d’un enfant, numéro de famille ou de demande."
    list_per_page = 50

    # -- Rights -----------------------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Demande | None = None) -> bool:
        if obj is None:
            return request.user.has_perm("demandes.traiter_demande")
        return obj.genre.traitable_par(compte_de(request))

    has_view_permission = has_change_permission

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Demande | None:
        """Beyond the agent's own queue: what they may not see is a 403, not a request that never was."""
        return Demande.objects.filter(pk=object_id).first() if object_id.isdecimal() else None

    # -- The queue --------------------------------------------------------------------------------

    def get_changelist(self, request: HttpRequest, **options: object) -> type[ChangeList]:
        return File

    def get_queryset(self, request: HttpRequest) -> DemandeQuerySet:
        return Demande.objects.traitables_par(compte_de(request)).avec_personnes()

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("-deposee_le", "-pk") if ParAvancement.regarde_le_passe(request) else ("deposee_le", "pk")

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """What waits says since when; what is decided says how."""
        if ParAvancement.regarde_le_passe(request):
            return ("objet", "dossier", "resume", "deposee_le", "ou_en_est")
        return ("objet", "dossier", "resume", "marques", "attente", "suivie_par")

    def trouve(self, mot: str) -> Q:
        numero = Q(pk=int(mot)) if mot.isdecimal() and len(mot) < 10 else Q()
        return recherche.famille(mot, "famille") | numero

    @admin.display(description="demande", ordering="type")
    def objet(self, demande: Demande) -> str:
        return f"N°\u00a0{demande.numero}, {demande.nom_court}"

    @admin.display(description="famille")
    def dossier(self, demande: Demande) -> str:
        return f"{demande.famille}, {demande.enfant.prenom}" if demande.enfant else str(demande.famille)

    @admin.display(description="ce qui est demandé")
    def resume(self, demande: Demande) -> str:
        return demande.genre.resume(demande)

    @admin.display(description="déposée", ordering="deposee_le", empty_value="—")
    def attente(self, demande: Demande) -> str | None:
        return francais.il_y_a(timezone.now() - demande.deposee_le) if demande.est_en_attente else None

    @admin.display(description="à noter", empty_value="—")
    def marques(self, demande: Demande) -> str:
        return " · ".join(demande.marques)

    @admin.display(description="suivie par", ordering="prise_en_charge_par", empty_value="—")
    def suivie_par(self, demande: Demande) -> str | None:
        return str(demande.prise_en_charge_par) if demande.prise_en_charge_par else None

    @admin.display(description="état")
    def ou_en_est(self, demande: Demande) -> str:
        return avancement(demande).texte
