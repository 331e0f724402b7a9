"""The réservations, for agents: read here, decided by verbs. What a famille has asked is answered with the demandes."""

from datetime import datetime, timedelta
from typing import cast
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

import francais
from famille.admin import recherche
from famille.connexion.requete import compte_de
from famille.models import LectureConfidentielle
from famille.noms import par_nom
from planning.admin.gestes import ANNULER, EXCUSER, FACTURER, METTRE_EN_CONGE, RETABLIR
from planning.models import Reservation
from planning.models.reservation import ReservationQuerySet
from planning.mois.grille import ABREGES
from planning.portee.gestes import Geste, essayer, faire
from socle.admin.choix import ParChoix
from socle.admin.confirmation import Confirmation
from socle.admin.filtres import Filtre
from socle.admin.lecture import LectureSeule
from socle.admin.pages import AvecPages
from socle.admin.recherche import RechercheParMots
from socle.recherche import lettres

UNE_SEMAINE = timedelta(days=7)
UN_AN = timedelta(days=365)


class Suivi(Filtre):
    """Errors are why an agent comes here."""

    title, parameter_name = "suivi", "suivi"
    choix = [("erreurs", "Erreurs"), ("attente", "Demandes en attente"), ("presents", "Présents")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Reservation]) -> QuerySet[Reservation]:
        reservations = cast(ReservationQuerySet, queryset)
        match self.value():
            case "erreurs":
                return reservations.en_erreur()
            case "attente":
                return reservations.en_attente()
            case "presents":
                return reservations.presentes()
        return queryset


class Periode(Filtre):
    """This month, unless another time is asked for: a town has millions of days."""

    title, parameter_name = "jour", "periode"
    defaut = "Ce mois-ci"
    choix = [
        ("jour", "Aujourd’hui"),
        ("semaine", "Sept derniers jours"),
        ("a_venir", "À venir"),
        ("annee", "Douze derniers mois"),
        ("tous", "Tous"),
    ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Reservation]) -> QuerySet[Reservation]:
        reservations, aujourd_hui = cast(ReservationQuerySet, queryset), timezone.localdate()
        match self.value():
            case "jour":
                return queryset.filter(jour=aujourd_hui)
            case "semaine":
                return reservations.entre(aujourd_hui - UNE_SEMAINE, aujourd_hui)
            case "a_venir":
                return queryset.filter(jour__gt=aujourd_hui)
            case "annee":
                return reservations.entre(aujourd_hui - UN_AN, aujourd_hui)
            case "tous":
                return queryset
        return reservations.du_mois(aujourd_hui.year, aujourd_hui.month)


@admin.register(Reservation)
class ReservationAdmin(LectureSeule, AvecPages, RechercheParMots):
    list_display = ["le", "enfant", "prestation", "etat", "pointage"]
    list_filter = [Suivi, Periode, ("prestation", ParChoix), "etat"]
    list_select_related = ["inscription__enfant", "inscription__prestation", "prestation"]
    conseil_de_recherche = "Nom ou prénom de l’enfant ou d’un responsable, numéro de famille."
    ordering = ["-jour", *par_nom("inscription__enfant__"), "pk"]
    fields = readonly_fields = (
        "enfant",
        "dossier",
        "prestation",
        "jour",
        "etat",
        "motif",
        "derogations",
        "depuis",
        "par",
        "pointage",
        "pointee_le",
        "pointee_par",
    )
    actions = ["excuser", "facturer", "mettre_en_conge", "retablir", "annuler"]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Reservation | None:
        """The page of a day tells why the child was away: who reads it is noted."""
        journee = super().get_object(request, object_id, from_field)
        if journee is None or not self.has_view_permission(request, journee):
            return journee
        if journee.motif or journee.derogations.exists():
            objet = f"Motif du {francais.date_courte(journee.jour)}"
            LectureConfidentielle.objects.noter(journee.inscription.enfant, par=compte_de(request), objet=objet)
        return journee

    def trouve(self, mot: str) -> Q:
        return recherche.enfant(mot, "inscription__enfant") | recherche.famille(mot, "inscription__famille")

    def has_decider_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("planning.change_reservation")

    @admin.display(description="jour", ordering="jour")
    def le(self, reservation: Reservation) -> str:
        return f"{ABREGES[reservation.jour.weekday()]} {francais.date_courte(reservation.jour)}"

    @admin.display(description="enfant", ordering=lettres("inscription__enfant__nom"))
    def enfant(self, reservation: Reservation) -> str:
        return str(reservation.inscription.enfant)

    @admin.display(description="famille")
    def dossier(self, reservation: Reservation) -> str:
        return str(reservation.inscription.famille)

    @admin.display(description="hors délai, ou au-delà des places", empty_value="—")
    def derogations(self, reservation: Reservation) -> str | None:
        """« Hors délai, le 08/04/2015, Alice MAIRIE : mère hospitalisée »."""
        dites = (
            f"{une}, le {francais.date_courte(timezone.localdate(une.le))}, {une.par or 'un agent'}\u00a0: {une.motif}"
            for une in reservation.derogations.select_related("par")
        )
        return " · ".join(dites) or None

    @admin.display(description="pointage", ordering="presence", empty_value="—")
    def pointage(self, reservation: Reservation) -> str | None:
        heures = [("de", reservation.arrivee), ("à", reservation.depart)]
        mots = [f"{mot} {francais.heure(heure)}" for mot, heure in heures if heure]
        return " ".join([reservation.get_presence_display(), *mots]) if reservation.presence else None

    @admin.action(description=EXCUSER.nom, permissions=["decider"])
    def excuser(self, request: HttpRequest, queryset: QuerySet[Reservation]) -> HttpResponse | None:
        return self._faire(request, queryset, EXCUSER)

    @admin.action(description=FACTURER.nom, permissions=["decider"])
    def facturer(self, request: HttpRequest, queryset: QuerySet[Reservation]) -> HttpResponse | None:
        return self._faire(request, queryset, FACTURER)

    @admin.action(description=METTRE_EN_CONGE.nom, permissions=["decider"])
    def mettre_en_conge(self, request: HttpRequest, queryset: QuerySet[Reservation]) -> HttpResponse | None:
        return self._faire(request, queryset, METTRE_EN_CONGE)

    @admin.action(description=RETABLIR.nom, permissions=["decider"])
    def retablir(self, request: HttpRequest, queryset: QuerySet[Reservation]) -> HttpResponse | None:
        return self._faire(request, queryset, RETABLIR)

    @admin.action(description=ANNULER.nom, permissions=["decider"])
    def annuler(self, request: HttpRequest, queryset: QuerySet[Reservation]) -> HttpResponse | None:
        return self._faire(request, queryset, ANNULER)

    def _faire(self, request: HttpRequest, queryset: QuerySet[Reservation], geste: Geste) -> HttpResponse | None:
        """Says first how many days and familles it touches; confirmed, does it and tells them."""
        choisies = queryset.select_related("inscription__enfant", "inscription__prestation")
        essai = essayer(geste, choisies.all(), par=compte_de(request))
        question = Confirmation(
            titre=f"{geste.en_nombre(len(essai.faites))}\u00a0?",
            bouton=geste.en_nombre(len(essai.faites)),
            phrases=essai.dire(),
            chemin=[(request.get_full_path(), "Réservations")],
            envoi=request.POST,
        )
        if question.phrases and not question.est_donnee(request.POST):
            return question.demander(self, request)
        debut = timezone.now()
        bilan = faire(geste, choisies.all(), par=compte_de(request)) if question.phrases else essai
        for refus in bilan.refus:
            messages.warning(request, refus)
        for journee in bilan.faites:
            self.log_change(request, journee, f"{journee.get_etat_display()}.")
        if bilan.faites:
            messages.success(request, self._dire_fait(request, geste, len(bilan.faites), debut))
        return None

    def _dire_fait(self, request: HttpRequest, geste: Geste, nombre: int, debut: datetime) -> SafeString:
        """With the way to these very days: what was done can be undone."""
        fait = francais.pluriel(nombre, f"réservation {geste.fait}", f"réservations {geste.faits}")
        bornes = {"depuis__gte": debut.isoformat(), "depuis__lte": timezone.now().isoformat()}
        parametres = urlencode({"periode": "tous", "par__id__exact": compte_de(request).pk, **bornes})
        texte = '{}. <a href="{}?{}">Revoir ces jours</a>{}.'
        defaire = "" if geste is RETABLIR else ", par exemple pour les rétablir"
        return format_html(texte, fait, reverse("admin:planning_reservation_changelist"), parametres, defaire)
