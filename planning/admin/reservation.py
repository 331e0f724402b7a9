"""The réservations, for agents: read here, decided by verbs. What a famille has asked is answered with the demandes."""

from collections.abc import Callable
from datetime import timedelta
from typing import cast

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

import francais
from famille.admin import recherche
from famille.connexion.requete import compte_de
from famille.noms import par_nom
from planning.erreurs import EtatIncompatible, RefusPlanning
from planning.models import Reservation
from planning.models.reservation import ReservationQuerySet
from planning.mois.grille import ABREGES
from socle.admin.filtres import Filtre
from socle.admin.lecture import LectureSeule
from socle.admin.recherche import RechercheParMots
from socle.recherche import lettres

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
    choix = [("jour", "Aujourd’hui"), ("a_venir", "À venir"), ("annee", "Douze derniers mois"), ("tous", "Tous")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Reservation]) -> QuerySet[Reservation]:
        reservations, aujourd_hui = cast(ReservationQuerySet, queryset), timezone.localdate()
        match self.value():
            case "jour":
                return queryset.filter(jour=aujourd_hui)
            case "a_venir":
                return queryset.filter(jour__gt=aujourd_hui)
            case "annee":
                return reservations.entre(aujourd_hui - UN_AN, aujourd_hui)
            case "tous":
                return queryset
        return reservations.du_mois(aujourd_hui.year, aujourd_hui.month)


@admin.register(Reservation)
class ReservationAdmin(LectureSeule, RechercheParMots):
    list_display = ["le", "enfant", "prestation", "etat", "pointage"]
    list_filter = [Suivi, Periode, "prestation", "etat"]
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
        "depuis",
        "par",
        "pointage",
        "pointee_le",
        "pointee_par",
    )
    actions = ["excuser", "facturer", "mettre_en_conge", "retablir", "annuler"]

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

    @admin.display(description="pointage", ordering="presence", empty_value="—")
    def pointage(self, reservation: Reservation) -> str | None:
        heures = [("de", reservation.arrivee), ("à", reservation.depart)]
        mots = [f"{mot} {francais.heure(heure)}" for mot, heure in heures if heure]
        return " ".join([reservation.get_presence_display(), *mots]) if reservation.presence else None

    @admin.action(description="Excuser l’absence (non facturée)", permissions=["decider"])
    def excuser(self, request: HttpRequest, queryset: QuerySet[Reservation]) -> None:
        self._decider(request, queryset, lambda journee: journee.excuser(par=compte_de(request)))

    @admin.action(description="Facturer l’absence", permissions=["decider"])
    def facturer(self, request: HttpRequest, queryset: QuerySet[Reservation]) -> None:
        self._decider(request, queryset, lambda journee: journee.facturer_absence(par=compte_de(request)))

    @admin.action(description="Mettre en congé", permissions=["decider"])
    def mettre_en_conge(self, request: HttpRequest, queryset: QuerySet[Reservation]) -> None:
        self._decider(request, queryset, lambda journee: journee.mettre_en_conge(par=compte_de(request)))

    @admin.action(description="Rétablir la réservation", permissions=["decider"])
    def retablir(self, request: HttpRequest, queryset: QuerySet[Reservation]) -> None:
        self._decider(request, queryset, lambda journee: journee.retablir(par=compte_de(request)))

    @admin.action(description="Annuler la réservation", permissions=["decider"])
    def annuler(self, request: HttpRequest, queryset: QuerySet[Reservation]) -> None:
        self._decider(request, queryset, lambda journee: journee.annuler(par=compte_de(request)))

    def _decider(
        self, request: HttpRequest, queryset: QuerySet[Reservation], verbe: Callable[[Reservation], None]
    ) -> None:
        """Each in its own transaction: what cannot be says why, and stops nothing."""
        decidees = 0
        for journee in queryset.select_related("inscription__enfant", "inscription__prestation"):
            try:
                if journee.est_en_attente:
                    raise EtatIncompatible("La famille attend une réponse\u00a0: décidez dans «\u00a0Demandes\u00a0».")
                verbe(journee)
            except RefusPlanning as refus:
                messages.warning(request, f"{journee.inscription.enfant}\u00a0: {refus}")
            else:
                decidees += 1
                self.log_change(request, journee, f"{journee.get_etat_display()}.")
        if decidees:
            phrase = francais.pluriel(decidees, "réservation changée", "réservations changées")
            messages.success(request, f"{phrase}.")
