"""The first page of la rentrée: its steps, how far each has come, for one year or the other."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from famille.connexion.requete import compte_de
from portail.guichet.page import PageDAgent
from portail.guichet.rentree.annee import annee_par_defaut, annees_a_preparer, lire_annee
from portail.guichet.rentree.avancement import avancement
from portail.guichet.rentree.page import etapes_de
from socle.annee_scolaire import AnneeScolaire


class LaRentree(PageDAgent):
    """For whoever may make one of its steps."""

    chemin, nom = "guichet/rentree/", "guichet_rentree"
    droits = ()
    titre = "La rentrée"
    template_name = "admin/guichet/rentree/accueil.html"
    http_method_names = ("get", "head", "options")

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not etapes_de(request.user):  # type: ignore[arg-type]  # the admin lets nobody else in
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: object) -> dict:
        annee = self._annee()
        etapes = [
            (etape, etape.adresse(annee), avancement(etape, annee)) for etape in etapes_de(compte_de(self.request))
        ]
        contexte = {"annee": annee, "annees": annees_a_preparer(timezone.localdate()), "etapes": etapes}
        return super().get_context_data(**kwargs) | contexte | {"title": f"La rentrée {annee.debut}"}

    def _annee(self) -> AnneeScolaire:
        le = timezone.localdate()
        return lire_annee(self.request.GET.get("annee", ""), le) or annee_par_defaut(le)
