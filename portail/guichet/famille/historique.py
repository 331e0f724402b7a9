"""What changed in a dossier, from what to what, by whom: one list, the latest first, whoever wrote it down.

The agents' history (Django's LogEntry), the requests and their decisions, the days booked beyond the rules. Of what
is confidential, it says that it changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

import francais
from demandes.models import Demande
from demandes.models.decision import Decision
from facturation.models import Avoir, Facture, Reglement
from famille.connexion.requete import compte_de
from famille.models import Assurance, Certification, Compte, Enfant, Famille, FicheSanitaire, Responsable, Tiers
from messagerie.models import Fil
from planning.models import Derogation, Inscription, Reservation
from portail.guichet.famille.page import PageDeFamille

PAR_PAGE, PAGES_MAX = 40, 50
LIRE_LES_JOURS, TRAITER = "planning.view_reservation", "demandes.traiter_demande"
CERTIFICATIONS = "famille.view_certification"


@dataclass(frozen=True)
class Fait:
    le: datetime
    qui: str
    quoi: str
    detail: str = ""
    adresse: str = ""

    @property
    def quand(self) -> str:
        return francais.date_et_heure(timezone.localtime(self.le))


class HistoriqueDeFamille(PageDeFamille):
    """`?page=2`: those before."""

    chemin = "guichet/famille/<int:pk>/historique/"
    nom = onglet = "guichet_famille_historique"
    template_name = "admin/guichet/famille/historique.html"
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        famille, texte = self.lire_la_famille(), request.GET.get("page", "1")
        page = min(max(int(texte), 1), PAGES_MAX) if texte.isdecimal() and len(texte) < 4 else 1
        jusqu_a = page * PAR_PAGE
        faits = sorted(_faits(famille, compte_de(request), jusqu_a + 1), key=lambda fait: fait.le, reverse=True)
        contexte = self.get_context_data(
            faits=faits[jusqu_a - PAR_PAGE : jusqu_a],
            plus_recents=page - 1,
            plus_anciens=page + 1 if len(faits) > jusqu_a and page < PAGES_MAX else 0,
        )
        return self.render_to_response(contexte)


def _faits(famille: Famille, agent: Compte, nombre: int) -> Iterator[Fait]:
    """The last ones of each kind, at least as many as asked."""
    yield from map(_de_l_agent, _entrees(famille, agent, nombre))
    if agent.has_perm(TRAITER):
        siennes = Demande.objects.traitables_par(agent).filter(famille=famille)
        deposees = siennes.select_related("enfant", "deposee_par").order_by("-deposee_le", "-pk")
        yield from map(_de_la_demande, deposees[:nombre])
        decisions = Decision.objects.filter(demande__in=siennes.order_by().values("pk"))
        lues = decisions.select_related("par", "demande__enfant").order_by("-le", "-pk")
        yield from map(_de_la_decision, lues[:nombre])
    if agent.has_perm(CERTIFICATIONS):
        yield from map(_de_la_certification, famille.certifications.select_related("par")[:nombre])
    if agent.has_perm(LIRE_LES_JOURS):
        derogations = Derogation.objects.filter(reservation__inscription__famille=famille)
        liees = ("par", "reservation__inscription__enfant", "reservation__inscription__prestation")
        yield from map(_de_la_derogation, derogations.select_related(*liees).order_by("-le", "-pk")[:nombre])


def _entrees(famille: Famille, agent: Compte, nombre: int) -> list[LogEntry]:
    """Of the agents' history, what is about this famille and may be read elsewhere by this agent. Three queries.

    Kind by kind, so that PostgreSQL goes to the rows of each record by its index, however long the history is.
    """
    objets = {modele: lignes for modele, lignes in _objets(famille).items() if agent.has_perm(_voir(modele))}
    genres = ContentType.objects.get_for_models(*objets)
    par_genre = [
        LogEntry.objects.order_by()
        .filter(
            content_type=genres[modele],
            object_id__in=lignes.order_by().annotate(en_texte=Cast("pk", TextField())).values("en_texte"),
        )
        .values_list("pk", "action_time")
        for modele, lignes in objets.items()
    ]
    if not par_genre:
        return []
    premiere, *autres = par_genre
    dernieres = premiere.union(*autres, all=True).order_by("-action_time", "-pk")[:nombre]
    cles = [cle for cle, _ in dernieres]
    return list(LogEntry.objects.filter(pk__in=cles).select_related("user", "content_type"))


def _objets(famille: Famille) -> dict[type[Model], QuerySet]:
    enfants = famille.enfants.order_by().values("pk")
    return {
        Famille: Famille.objects.filter(pk=famille.pk),
        Responsable: famille.responsables.all(),
        Enfant: Enfant.objects.filter(pk__in=enfants),
        FicheSanitaire: FicheSanitaire.objects.filter(enfant__in=enfants),
        Tiers: Tiers.objects.filter(enfant__in=enfants),
        Assurance: Assurance.objects.filter(enfant__in=enfants),
        Inscription: famille.inscriptions.all(),
        Reservation: Reservation.objects.filter(inscription__famille=famille),
        Demande: famille.demandes.all(),
        Fil: famille.fils.all(),
        Facture: famille.factures.all(),
        Reglement: famille.reglements.all(),
        Avoir: famille.avoirs.all(),
    }


def _voir(modele: type[Model]) -> str:
    return f"{modele._meta.app_label}.view_{modele._meta.model_name}"


def _de_l_agent(entree: LogEntry) -> Fait:
    dit = entree.get_change_message() or entree.get_action_flag_display()
    adresse = "" if entree.is_deletion() else entree.get_admin_url() or ""
    return Fait(entree.action_time, str(entree.user), entree.object_repr, dit, adresse)


def _de_la_demande(demande: Demande) -> Fait:
    return Fait(
        demande.deposee_le,
        _signature(demande.deposee_par, "La famille"),
        f"Demande n°\u00a0{demande.numero} déposée\u00a0: {_objet(demande)}",
        _de_quoi_a_quoi(demande) or demande.genre.resume(demande),
        reverse("admin:demandes_demande_change", args=[demande.pk]),
    )


def _de_la_decision(decision: Decision) -> Fait:
    demande = decision.demande
    auteur = "Le portail" if decision.automatique or decision.est_une_expiration else _signature(decision.par, "?")
    return Fait(
        decision.le,
        auteur,
        f"Demande n°\u00a0{demande.numero} {decision.participe}\u00a0: {_objet(demande)}",
        _de_quoi_a_quoi(demande) if decision.est_favorable else "",
        reverse("admin:demandes_demande_change", args=[demande.pk]),
    )


def _de_la_derogation(une: Derogation) -> Fait:
    journee = une.reservation
    # The reason is not read here: the page of the day shows it, and notes who reads.
    return Fait(
        une.le,
        _signature(une.par, "Un agent"),
        f"{une.get_sorte_display()}\u00a0: {journee.inscription}, {francais.date_courte(journee.jour)}",
        "Pourquoi\u00a0: sur la fiche du jour",
        reverse("admin:planning_reservation_change", args=[journee.pk]),
    )


def _de_la_certification(une: Certification) -> Fait:
    quoi = "Dossier certifié au guichet" if une.sur_papier else "Dossier certifié"
    return Fait(une.le, _signature(une.par, "Un parent"), quoi, une.precision)


def _signature(compte: Compte | None, sinon: str) -> str:
    """Of a parent, the name is on the record; their identifiant is nobody's business."""
    if compte is None:
        return sinon
    return str(compte) if compte.is_staff else "La famille"


def _objet(demande: Demande) -> str:
    return f"{demande.nom_court}, {demande.enfant.prenom}" if demande.enfant else demande.nom_court


def _de_quoi_a_quoi(demande: Demande) -> str:
    """« Mobile : « 06 11 22 33 44 » → « 06 55 66 77 88 » », of what is not secret; without a query."""
    if demande.genre.jours_concernes(demande):
        return ""
    return " · ".join(_dire(*champ) for champ in demande.genre.changements_lisibles(demande))


def _dire(libelle: str, avant: str, apres: str) -> str:
    return f"{libelle}\u00a0: «\u00a0{avant or 'vide'}\u00a0» → «\u00a0{apres or 'vide'}\u00a0»"
