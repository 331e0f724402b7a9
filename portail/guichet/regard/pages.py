"""Where looking begins, which is written down, and where it ends."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from famille.connexion.requete import compte_de
from famille.models import LectureConfidentielle, Responsable
from portail.guichet.page import PageDAgent
from portail.guichet.regard.regard import DROITS, Regard

OBJET = "Portail, vu comme la famille"


class DebutDuRegard(PageDAgent):
    """POST only. `responsable`: whose portal, an adult who has an access."""

    chemin = "guichet/famille/<int:pk>/regard/"
    nom = "guichet_famille_regard"
    titre = OBJET
    droits = DROITS
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        cle = request.POST.get("responsable", "")
        visibles = Responsable.objects.filter(famille=pk, compte__is_active=True).select_related("famille")
        responsable = get_object_or_404(visibles, pk=int(cle) if cle.isdecimal() and len(cle) < 19 else 0)
        agent = compte_de(request)
        LectureConfidentielle.objects.noter(responsable.famille, par=agent, objet=OBJET)
        dit = f"Portail vu comme {responsable.nom_complet}."
        LogEntry.objects.log_actions(agent.pk, [responsable.famille], CHANGE, dit, single_object=True)
        Regard.commencer(request.session, responsable)
        return redirect("accueil")


class FinDuRegard(PageDAgent):
    """POST only, from the banner: back to the page of the famille."""

    chemin = "guichet/regard/fin/"
    nom = "guichet_regard_fin"
    titre = OBJET
    droits = ()
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        regard = Regard.en_cours(request.session)
        Regard.finir(request.session)
        return redirect("admin:guichet_famille", regard.famille) if regard else redirect("admin:index")
