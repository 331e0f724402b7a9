"""The button that opens an access, and what is read on its letter."""

from io import BytesIO

from django.urls import reverse
from pypdf import PdfReader

from famille.models import Responsable


def adresse_acces(responsable: Responsable) -> str:
    return reverse("admin:famille_responsable_acces", args=[responsable.pk])


def fiche(responsable: Responsable) -> str:
    return reverse("admin:famille_responsable_change", args=[responsable.pk])


def lettres(reponse) -> list[str]:
    """The text of each page of the PDF."""
    assert reponse.headers["Content-Type"] == "application/pdf"
    return [page.extract_text() for page in PdfReader(BytesIO(reponse.content)).pages]


def mot_de_passe(lettre: str) -> str:
    """The only line of the letter that is twelve letters and digits."""
    lignes = lettre.splitlines()
    return lignes[lignes.index("Mot de passe provisoire") + 1]
