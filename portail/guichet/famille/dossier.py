"""The first tab: coordinates, children, and their month."""

from django.http import HttpRequest, HttpResponse

from famille.connexion.requete import compte_de
from portail.guichet.certification.attendues import etat_de
from portail.guichet.famille.mois import HEURES, LIRE, afficher_le_mois, boutons
from portail.guichet.famille.page import PageDeFamille
from portail.guichet.famille.personnes import adultes, enfants
from portail.guichet.regard.regard import DROITS as VOIR_COMME

CERTIFICATION = "famille.view_certification"


class DossierDeFamille(PageDeFamille):
    """Shows the month only to who may read réservations."""

    chemin = "guichet/famille/<int:pk>/"
    nom = onglet = "guichet_famille"
    template_name = "admin/guichet/famille/dossier.html"
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        famille, compte = self.lire_la_famille(), compte_de(request)
        fiches = enfants(famille, pour=compte)
        decisions, pointages = boutons(compte)
        contexte = self.get_context_data(
            adultes=adultes(famille),
            enfants=fiches,
            mois=afficher_le_mois(famille, fiches, request.GET) if self.peut(LIRE) else None,
            decisions=decisions,
            pointages=pointages,
            certification=etat_de(famille, self.a_certifier_depuis) if self.peut(CERTIFICATION) else None,
            peut_certifier=self.peut("famille.add_certification"),
            peut_voir_comme=compte.has_perms(VOIR_COMME),
            **{nom: request.GET.get(nom, "") for nom in HEURES},
        )
        return self.render_to_response(contexte)
