"""The régie's pages, by their name."""

from django.test import Client
from django.urls import reverse


def connecter(compte) -> Client:
    client = Client()
    client.force_login(compte, backend="famille.connexion.CompteDuPortail")
    return client


def adresse(modele: str, page: str, *args: int) -> str:
    return reverse(f"admin:facturation_{modele}_{page}", args=args)
