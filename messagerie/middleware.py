"""The count of new messages, which every page of a parent shows: read with the account."""

from collections.abc import Callable

from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from famille.connexion.requete import RequeteDuPortail, compte_de
from messagerie.models import Message

LUS = {"GET", "HEAD"}


class RequeteDunLecteur(RequeteDuPortail):
    """Once `NouveauxMessages` has counted. Only a type."""

    nouveaux_messages: int


class NouveauxMessages:
    """`request.nouveaux_messages`: how many messages of the centre this parent has not read. 0 for others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: RequeteDunLecteur, response: TemplateResponse) -> TemplateResponse:
        """For what is about to be drawn: neither a file nor a redirection shows the count."""
        request.nouveaux_messages = nouveaux_messages(request)
        return response


def nouveaux_messages(request: HttpRequest) -> int:
    """As the account was read with them; counted again by a page that answers to something sent."""
    famille = getattr(request, "famille", None)
    if famille is None:
        return 0
    compte = compte_de(request)
    lus = getattr(compte, "nouveaux_messages", None) if request.method in LUS else None
    return Message.objects.non_lus_par(compte).filter(fil__famille=famille).count() if lus is None else lus


def non_lus_du_lecteur() -> Coalesce:
    """In SQL, beside an account: its count, with its famille's threads. See famille.connexion.authentification."""
    non_lus = Message.objects.non_lus(OuterRef("pk"), OuterRef("cree_le"))
    des_siens = non_lus.filter(fil__famille=OuterRef("responsable__famille")).order_by()
    # Grouped by nothing: one row, even of no message at all.
    combien = des_siens.values(un=Value(1)).annotate(combien=Count("pk")).values("combien")
    return Coalesce(Subquery(combien), 0)
