"""A temporary password, printed on a letter, opens one page only: that where it is changed."""

from collections.abc import Callable, Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from famille.connexion.porte import TOUJOURS


class ChangementObligatoire:
    """Whoever has a temporary password changes it, and does nothing else: no view runs before."""

    PERMISES = TOUJOURS | {
        "famille:mot_de_passe_changement",
        # An agent who has a second factor shows it first.
        "famille:second_facteur_code",
    }

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: Sequence[object], options: Mapping[str, object]
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or not request.user.doit_changer_de_mot_de_passe:
            return None
        if request.resolver_match and request.resolver_match.view_name in self.PERMISES:
            return None
        return redirect("famille:mot_de_passe_changement")
