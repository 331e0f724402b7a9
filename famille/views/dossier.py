"""The famille's record, and its children's."""

from django.http import Http404
from django.utils import timezone
from django.views.generic import TemplateView

from famille.connexion.requete import FamilleRequise
from famille.fiches.ajouts import sections_ajoutees
from famille.fiches.enfant import lire_fiche, sections_enfant
from famille.fiches.famille import FicheFamille
from famille.models.enfant import ecoliers_de


class MonCompte(FamilleRequise, TemplateView):
    """« Mon compte »: what the centre knows of the famille."""

    template_name = "famille/mon_compte.html"

    def get_context_data(self, **kwargs: object) -> dict:
        fiche = FicheFamille(self.request.famille, vue_par=self.request.responsable)
        return super().get_context_data(**kwargs, sections=fiche.sections())


class Enfants(FamilleRequise, TemplateView):
    """« Mes enfants »."""

    template_name = "famille/enfants.html"

    def get_context_data(self, **kwargs: object) -> dict:
        aujourd_hui = timezone.localdate()
        enfants = [
            {"enfant": enfant, "age": enfant.age_au(aujourd_hui)} for enfant in ecoliers_de(self.request.famille.pk)
        ]
        return super().get_context_data(**kwargs, enfants=enfants)


class FicheEnfant(FamilleRequise, TemplateView):
    """A child's record, section by section."""

    template_name = "famille/enfant.html"

    def get_context_data(self, **kwargs: object) -> dict:
        famille, le = self.request.famille, timezone.localdate()
        enfant = lire_fiche(famille.pk, self.kwargs["pk"], le=le)
        if enfant is None:
            raise Http404
        sections = [*sections_enfant(enfant, au=le), *sections_ajoutees(famille, enfant, au=le)]
        return super().get_context_data(**kwargs, enfant=enfant, sections=sections)
