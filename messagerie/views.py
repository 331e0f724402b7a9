"""« Boîte de réception »."""

from django.views.generic import TemplateView

from famille.access import FamilleRequise


class Messages(FamilleRequise, TemplateView):
    """« Boîte de réception »: empty until its models exist."""

    template_name = "messagerie/messages.html"
