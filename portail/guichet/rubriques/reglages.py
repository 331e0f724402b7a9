"""« Réglages », beside the lists of the apps: the direction's screens, as the admin's menu wants them."""

from typing import Any

from django.http import HttpRequest

from socle.adresses.formes import adresse_de

REGLER = "socle.regler_le_portail"
# (name of the page, its title), in the order of the tabs. The menu has one link: it is on every page.
ECRANS = (
    ("guichet_reglages_centre", "Le centre"),
    ("guichet_reglages_textes", "Les textes"),
    ("guichet_reglages_conservation", "La conservation"),
    ("guichet_reglages_droits", "Les droits"),
    ("guichet_reglages_agents", "Les agents"),
    ("guichet_reglages_avis", "Les avis"),
    ("guichet_reglages_couleurs", "Les couleurs"),
)


def rubrique_des_reglages(request: HttpRequest) -> list[dict[str, Any]]:
    """One rubric, or none."""
    if not request.user.has_perm(REGLER):
        return []
    adresse = adresse_de(f"admin:{ECRANS[0][0]}")
    return [
        {
            "name": "Réglages",
            "app_label": "reglages",
            "app_url": adresse,
            "has_module_perms": True,
            "models": [_ecran(adresse, "Régler le portail")],
        }
    ]


def _ecran(adresse: str, titre: str) -> dict[str, Any]:
    droits = {"add": False, "change": True, "delete": False, "view": True}
    nom = adresse.strip("/").rpartition("/")[2]
    return {"name": titre, "object_name": nom, "perms": droits, "admin_url": adresse, "add_url": None}
