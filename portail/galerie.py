"""Every component in every state, on one page, for whoever draws the portal. Development only."""

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView


@method_decorator(login_not_required, name="dispatch")
class Galerie(TemplateView):
    template_name = "portail/galerie.html"
