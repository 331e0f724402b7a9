"""The agents' pages of words."""

from django.urls import reverse


def adresse(nom: str, *args: int) -> str:
    return reverse(f"admin:messagerie_{nom}", args=args)
