"""The button, and what a page asks of it."""

from copy import copy

from django.contrib import messages
from django.http import HttpRequest, QueryDict

RENONCER = "renoncer"
RIEN_N_A_CHANGE = "Rien n’a changé\u00a0: voici ce que vous aviez saisi."


def a_renonce(request: HttpRequest) -> bool:
    return request.method == "POST" and RENONCER in request.POST


def dire_que_rien_n_a_change(request: HttpRequest) -> None:
    """The form looks as it did before it was sent."""
    messages.info(request, RIEN_N_A_CHANGE)


def relue(request: HttpRequest) -> HttpRequest:
    """As if the page were opened again: it acts on nothing."""
    lecture = copy(request)
    lecture.method, lecture.POST = "GET", QueryDict()
    return lecture
