"""The count of new messages, which every page of a parent shows: asked for before the page is drawn."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from famille.connexion.requete import RequeteDuPortail, compte_de
from messagerie.models import Message


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
    """One query, for a parent."""
    famille = getattr(request, "famille", None)
    if famille is None:
        return 0
    return Message.objects.non_lus_par(compte_de(request)).filter(fil__famille=famille).count()
