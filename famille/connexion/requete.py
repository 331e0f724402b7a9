"""Who asks for a page: their account, their famille; and the pages that are for parents only."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import View
from django.views.generic.base import TemplateResponseMixin

from famille.models import Compte, Famille, Responsable


class RequeteDuPortail(HttpRequest):
    """Any request, once our middlewares have seen it: `FamilleDuCompte` writes these two. Only a type."""

    famille: Famille | None
    responsable: Responsable | None


class RequeteDeFamille(HttpRequest):
    """A parent's request: what `FamilleRequise` lets in. Only a type."""

    user: Compte
    famille: Famille
    responsable: Responsable


class FamilleDuCompte:
    """`request.responsable` and `request.famille`: who the parent is, and all that they may touch. None for others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: RequeteDuPortail) -> HttpResponse:
        # Loaded with the account by famille.connexion.CompteDuPortail: no query here.
        request.responsable = getattr(request.user, "responsable", None)
        request.famille = request.responsable.famille if request.responsable else None
        return self.get_response(request)


class FamilleRequise(TemplateResponseMixin, View):
    """Before the parents' views, of any kind: there is a `request.famille`. Agents are led to their own pages."""

    request: RequeteDeFamille

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if getattr(request, "famille", None) is None:
            if compte_de(request).is_staff:
                return redirect("admin:index")
            raise PermissionDenied("Votre compte n’est rattaché à aucun dossier. Contactez le centre.")
        return super().dispatch(request, *args, **kwargs)


def compte_de(request: HttpRequest) -> Compte:
    """Who asks: the actor of our verbs. Everybody behind the door has an account."""
    if not isinstance(request.user, Compte):
        raise PermissionDenied
    return request.user
