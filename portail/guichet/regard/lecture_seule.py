"""The middleware that shows an agent the portal of a famille: pages to read, and nothing that writes.

Three guards, one behind the other: what is not a reading is refused before the view; a page that is not in the list is
not shown; and PostgreSQL refuses to write for the page, whatever its view would do.
"""

from collections.abc import Callable, Mapping, Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from famille.connexion.authentification import LECTEUR
from famille.connexion.requete import RequeteDuPortail
from famille.models import Compte
from portail.guichet.regard.regard import CLE, Regard

LECTURES = {"GET", "HEAD"}
# The agent's own session, and the way out.
A_L_AGENT = {"famille:deconnexion", "famille:prolonger_session", "famille:connexion", "famille:au_revoir"}
# Neither what pays, nor what touches a password or an address, nor the copy of all their data.
MONTREES = {
    *("accueil", "accessibilite", "mentions_legales", "donnees_personnelles", "sante"),
    *("certification", "pieces", "piece", "piece_enfant", "piece_fichier"),
    *("famille:mon_compte", "famille:preferences", "famille:enfants", "famille:enfant"),
    *("planning:planning", "planning:mois", "planning:jour", "planning:choix"),
    *("facturation:releve", "facturation:releve_csv", "facturation:releve_pdf", "facturation:recu"),
    *("facturation:facture_pdf", "facturation:avoir_pdf"),
    *("messagerie:messages", "messagerie:envoyes", "messagerie:supprimes", "messagerie:fil", "messagerie:nouveau"),
    *("messagerie:piece", "messagerie:infos", "messagerie:archives", "messagerie:formulaires", "messagerie:document"),
    *("demandes:liste", "demandes:demande", "demandes:accuse", "demandes:piece", "demandes:nouvelle"),
    "demandes:nouvelle_enfant",
}


class RequeteRegardee(RequeteDuPortail):
    """Only a type: `regard`, for the banner."""

    regard: Regard


class RegardEnLectureSeule:
    """After those that know who asks, and before those that count for them. It calls the view itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: RequeteRegardee, vue: Callable, args: Sequence[object], options: Mapping[str, object]
    ) -> HttpResponseBase | None:
        agent, page = request.user, _page(request)
        # A parent's session has no regard: nothing is asked of it.
        if not isinstance(agent, Compte) or not agent.is_staff or CLE not in request.session:
            return None
        if page.startswith("admin:") or page in A_L_AGENT:
            return None
        regard = Regard.en_cours(request.session)
        if regard is None or not regard.est_permis_a(agent):
            return _finir(request)
        request.regard = regard
        if request.method not in LECTURES:
            raise PermissionDenied("Vous voyez le portail comme la famille\u00a0: rien ne s’y envoie.")
        if page not in MONTREES:
            raise PermissionDenied("Vous voyez le portail comme la famille\u00a0: cette page ne se montre pas.")
        lecteur = LECTEUR.premier(compte=regard.compte)
        responsable = getattr(lecteur, "responsable", None)
        if lecteur is None or not lecteur.is_active or responsable is None or responsable.famille_id != regard.famille:
            return _finir(request)
        return _lire_comme(request, lecteur, lambda: vue(request, *args, **options))


def _lire_comme(request: RequeteRegardee, lecteur: Compte, montrer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    # A temporary password would lead them to change it; an agent only looks. Nothing of this is saved.
    lecteur.provisoire_jusqu_au = None
    request.user = lecteur
    request.responsable = lecteur.responsable
    request.famille = lecteur.responsable.famille
    with transaction.atomic():
        en_lecture_seule()
        return montrer()


def en_lecture_seule() -> None:
    """Until the end of the transaction, PostgreSQL refuses to write."""
    with connection.cursor() as curseur:
        curseur.execute("SET TRANSACTION READ ONLY")


def _page(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def _finir(request: HttpRequest) -> HttpResponse:
    Regard.finir(request.session)
    messages.info(request, "Vous ne voyez plus le portail comme la famille\u00a0: le temps est écoulé.")
    return redirect("admin:index")
