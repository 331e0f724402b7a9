"""« Liste des demandes »."""

from django.views.generic import TemplateView

from famille.access import FamilleRequise


class Liste(FamilleRequise, TemplateView):
    """« Liste des demandes »: empty until its models exist."""

    template_name = "demandes/liste.html"
