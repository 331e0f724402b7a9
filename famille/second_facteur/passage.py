"""Between the door and every page of an agent who has, or must have, a second factor."""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from famille.connexion.porte import TOUJOURS
from famille.connexion.requete import compte_de
from famille.second_facteur.confiance import reconnaitre
from famille.second_facteur.etat import Etat, ouvrir

CODE = "famille:second_facteur_code"
ACTIVATION = "famille:second_facteur"
# Those that lead to having one; and the temporary password, which is changed before anything else.
SANS_CLE = TOUJOURS | {
    ACTIVATION,
    "famille:second_facteur_cle",
    "famille:second_facteur_activation",
    "famille:mot_de_passe_changement",
}


class SecondFacteurRequis:
    """No view of an agent runs before their code is right, whatever the address. Parents are not concerned."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: Sequence[object], options: Mapping[str, object]
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or not request.user.is_staff:
            return None
        compte = compte_de(request)
        etat = Etat.de(compte)
        page = request.resolver_match.view_name if request.resolver_match else ""
        if not etat.est_actif:
            return redirect(ACTIVATION) if etat.est_exige and page not in SANS_CLE else None
        if etat.est_passe(request) or page in TOUJOURS:
            return None
        if etat.generation and (appareil := reconnaitre(request, compte)):
            ouvrir(request, etat.generation, appareil.pk)
            return None
        return None if page == CODE else _demander_le_code(request)


def _demander_le_code(request: HttpRequest) -> HttpResponse:
    """Then to the page that was asked for. What was sent is not: it must be sent again."""
    suite = {"next": request.get_full_path()} if request.method in {"GET", "HEAD"} else {}
    adresse = reverse(CODE)
    return redirect(f"{adresse}?{urlencode(suite)}" if suite else adresse)
