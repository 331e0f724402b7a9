"""The agents' desk as its tests reach it: addresses, and what its pages hold."""

import re

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from demandes.models import Demande

FILE = reverse("admin:demandes_demande_changelist")


def page(demande: Demande) -> str:
    return reverse("admin:demandes_demande_change", args=[demande.pk])


def adresse(geste: str, demande: Demande) -> str:
    return reverse(f"admin:demandes_demande_{geste}", args=[demande.pk])


def vu(client: Client, demande: Demande) -> str:
    return client.get(page(demande)).context["page"].vu


def rangees(reponse: HttpResponse) -> list[list[str]]:
    """What each row of the queue says, cell by cell."""
    lignes = re.findall(r"<tr>(.*?)</tr>", reponse.text.partition('id="result_list"')[2], re.DOTALL)[1:]
    return [
        [strip_tags(cellule).replace("\u00a0", " ") for cellule in re.findall(r'class="field-.*?>(.*?)</t[dh]>', ligne)]
        for ligne in lignes
    ]


def numeros(reponse: HttpResponse) -> list[int]:
    return [demande.pk for demande in reponse.context["cl"].result_list]
