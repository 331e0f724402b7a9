"""What the calendar lacks, said on agents' pages."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from planning.calendrier.manques import manques

PHRASE = (
    '<a href="{}">Calendrier incomplet</a>\u00a0: {}. Sans lui, chaque jour compte comme un jour d’école\u00a0: '
    "personne ne peut réserver les vacances, et un jour férié se facture."
)


def avertir_du_calendrier(request: HttpRequest) -> None:
    """To whoever may read it."""
    if request.user.has_perm("planning.view_vacances") and (absents := manques(timezone.localdate())):
        page = reverse("admin:planning_vacances_changelist")
        messages.warning(request, format_html(PHRASE, page, "\u00a0; ".join(absents)))
