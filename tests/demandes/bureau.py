"""The agents' desk as its tests reach it: addresses, and what its pages hold."""

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from demandes.models import Demande

FILE = reverse("admin:demandes_demande_changelist")


def page(demande: Demande) -> str:
    return reverse("admin:demandes_demande_change", args=[demande.pk])


def adresse(geste: str, demande: Demande) -> str:
    return reverse(f"admin:demandes_demande_{geste}", args=[demande.pk])


def vu(client: Client, demande: Demande) -> str:
    return client.get(page(demande)).context["page"].vu


def numeros(reponse: HttpResponse) -> list[int]:
    return [demande.pk for demande in reponse.context["cl"].result_list]
