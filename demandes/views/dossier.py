"""The page of the dossier where a request begins."""

from django.urls import reverse

from demandes.genre.onglet import MES_ENFANTS, Onglet


def page_du_dossier(onglet: Onglet) -> tuple[str, str]:
    """Where the requests of that tab begin, and its name."""
    if onglet == MES_ENFANTS:
        return reverse("famille:enfants"), "Mes enfants"
    return reverse("famille:mon_compte"), "Mon compte"
