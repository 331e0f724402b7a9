"""« Liste des demandes »."""

from django.views.generic import TemplateView

from demandes.liste.liste_des_demandes import ListeDesDemandes
from demandes.views.dossier import page_du_dossier
from famille.connexion.requete import FamilleRequise


class Liste(FamilleRequise, TemplateView):
    """What the famille asked, by tab."""

    template_name = "demandes/liste.html"

    def get_context_data(self, **kwargs: object) -> dict:
        liste = ListeDesDemandes(self.request.famille, self.request.GET)
        return super().get_context_data(
            **kwargs,
            liste=liste,
            groupes=liste.groupes(),
            onglets=liste.onglets(),
            types=liste.types(),
            dossier=page_du_dossier(liste.choix.onglet),
            enfants=liste.filtres_enfants(),
        )
