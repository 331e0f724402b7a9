"""How the two adults sign in: opened or not, the letter, a link by e-mail, what five wrong passwords have locked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

import francais
from famille.connexion.requete import compte_de
from famille.models import Compte, Responsable
from famille.mots_de_passe.lien import envoyer_liens
from portail.guichet.famille.page import PageDeFamille

OUVRIR, FERMER = "famille.ouvrir_acces", "famille.change_compte"


@dataclass(frozen=True)
class Acces:
    """`gestes`: (code, what its button says), those that this agent may do now."""

    responsable: Responsable
    etat: str
    est_verrouille: bool
    lettre: str
    gestes: list[tuple[str, str]]


class AccesDeFamille(PageDeFamille):
    """POST `<geste>` and `responsable`: one of the verbs of the account."""

    chemin = "guichet/famille/<int:pk>/acces/"
    nom = onglet = "guichet_famille_acces"
    template_name = "admin/guichet/famille/acces.html"
    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        self.exiger_un_droit()
        famille = self.lire_la_famille()
        verrouilles = _verrouilles(famille.responsables.all())
        acces = [self._acces(responsable, verrouilles) for responsable in famille.responsables.all()]
        return self.render_to_response(self.get_context_data(acces=acces, peut_ouvrir=self.peut(OUVRIR)))

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        famille, geste = self.lire_la_famille(), request.POST.get("geste", "")
        droit, faire = GESTES.get(geste, ("", None))
        if faire is None or not self.peut(droit):
            raise PermissionDenied
        cle = request.POST.get("responsable", "")
        siens = famille.responsables.exclude(compte=None).select_related("compte")
        responsable = get_object_or_404(siens, pk=int(cle) if cle.isdecimal() and len(cle) < 19 else 0)
        compte = responsable.compte
        if compte is None or compte.is_staff:
            # Whoever opens the parents' accesses would hold the agents' accounts.
            raise PermissionDenied
        fait = faire(compte)
        (messages.success if fait.reussi else messages.warning)(request, fait.phrase)
        if fait.reussi:
            LogEntry.objects.log_actions(compte_de(request).pk, [responsable], CHANGE, fait.phrase, single_object=True)
        return redirect(self.adresse(self.nom))

    def _acces(self, responsable: Responsable, verrouilles: set[str]) -> Acces:
        compte = responsable.compte
        est_verrouille = compte is not None and compte.identifiant in verrouilles
        offerts = _offerts(compte, est_verrouille=est_verrouille)
        return Acces(
            responsable,
            _etat(compte),
            est_verrouille,
            reverse("admin:famille_responsable_acces", args=[responsable.pk]),
            [(code, nom) for code, nom in offerts if self.peut(GESTES[code][0])],
        )


@dataclass(frozen=True)
class Fait:
    phrase: str
    reussi: bool = True


def _envoyer_un_lien(compte: Compte) -> Fait:
    if not compte.courriel:
        return Fait("Aucune adresse e-mail n’est au dossier\u00a0: imprimez un courrier.", reussi=False)
    if not envoyer_liens(compte.courriel):
        return Fait("Un lien vient déjà de partir, ou son adresse attend d’être confirmée.", reussi=False)
    return Fait("Lien de mot de passe envoyé par e-mail.")


def _deverrouiller(compte: Compte) -> Fait:
    compte.deverrouiller()
    return Fait("Connexion débloquée.")


def _fermer(compte: Compte) -> Fait:
    compte.fermer()
    return Fait("Accès fermé.")


def _rouvrir(compte: Compte) -> Fait:
    compte.rouvrir()
    return Fait("Accès rouvert.")


GESTES: dict[str, tuple[str, Callable[[Compte], Fait]]] = {
    "lien": (OUVRIR, _envoyer_un_lien),
    "deverrouiller": (OUVRIR, _deverrouiller),
    "fermer": (FERMER, _fermer),
    "rouvrir": (FERMER, _rouvrir),
}


def _offerts(compte: Compte | None, *, est_verrouille: bool) -> list[tuple[str, str]]:
    if compte is None or compte.is_staff:
        return []
    if not compte.is_active:
        return [("rouvrir", "Rouvrir l’accès")]
    return [
        *([("deverrouiller", "Débloquer la connexion")] if est_verrouille else []),
        *([("lien", "Envoyer un lien par e-mail")] if compte.courriel else []),
        ("fermer", "Fermer l’accès"),
    ]


def _etat(compte: Compte | None) -> str:
    if compte is None:
        return "Pas encore ouvert"
    if not compte.is_active:
        return "Fermé"
    if compte.provisoire_jusqu_au:
        jour = francais.date_courte(timezone.localdate(compte.provisoire_jusqu_au))
        return f"Mot de passe provisoire, valable jusqu’au {jour}"
    if compte.last_login is None:
        return "Ouvert, jamais utilisé"
    return f"Dernière connexion le {francais.date_courte(timezone.localdate(compte.last_login))}"


def _verrouilles(responsables: Iterable[Responsable]) -> set[str]:
    """The identifiants that wrong passwords lock, from some address."""
    identifiants = [responsable.compte.identifiant for responsable in responsables if responsable.compte]
    recents = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    essais = AccessAttempt.objects.filter(username__in=identifiants, attempt_time__gte=recents)
    return set(essais.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT).values_list("username", flat=True))
