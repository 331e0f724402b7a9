"""Who may open a page of the portal."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class FamilleRequise:
    """Mixin for the parents' views: there is a `request.famille`. Agents are led to their own pages."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.famille is None:
            if request.user.is_staff:
                return redirect("admin:index")
            raise PermissionDenied("Votre compte n’est rattaché à aucun dossier. Contactez le centre.")
        return super().dispatch(request, *args, **kwargs)
