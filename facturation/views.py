"""« Relevé de compte »."""

from django.views.generic import TemplateView

from famille.access import FamilleRequise


class Releve(FamilleRequise, TemplateView):
    """« Relevé de compte »: empty until its models exist."""

    template_name = "facturation/releve.html"
