"""Which lists a reader may open, asked of their rights on every page; only addresses are kept (`socle.adresses`).

Django looks for each list's two addresses anew among all that there are, seventy times a page.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.admin import ModelAdmin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.text import capfirst

from francais import ordre
from socle.adresses.formes import adresse_de

Inscrits = Iterable[tuple[type[Model], ModelAdmin]]


def rubriques_permises(inscrits: Inscrits, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
    """As `AdminSite.get_app_list`, with models in French alphabetical order: « Écoles » before « Enfants »."""
    rubriques: dict[str, dict[str, Any]] = {}
    for modele, pages in inscrits:
        app = modele._meta.app_label
        if (app_label and app != app_label) or not pages.has_module_permission(request):
            continue
        droits = pages.get_model_perms(request)
        if True not in droits.values():
            continue
        rubrique = rubriques.get(app) or rubriques.setdefault(app, _rubrique(app))
        rubrique["models"].append(_liste(modele, droits))
    for rubrique in rubriques.values():
        rubrique["models"].sort(key=lambda liste: ordre(str(liste["name"])))
    return sorted(rubriques.values(), key=lambda rubrique: rubrique["name"].lower())


def _rubrique(app: str) -> dict[str, Any]:
    return {
        "name": apps.get_app_config(app).verbose_name,
        "app_label": app,
        "app_url": adresse_de("admin:app_list", app),
        "has_module_perms": True,
        "models": [],
    }


def _liste(modele: type[Model], droits: dict[str, bool]) -> dict[str, Any]:
    lit, debut = droits.get("change") or droits.get("view"), f"admin:{modele._meta.app_label}_{modele._meta.model_name}"
    return {
        "model": modele,
        "name": capfirst(modele._meta.verbose_name_plural),
        "object_name": modele._meta.object_name,
        "perms": droits,
        "admin_url": _adresse(f"{debut}_changelist") if lit else None,
        "add_url": _adresse(f"{debut}_add") if droits.get("add") else None,
        **({"view_only": not droits.get("change")} if lit else {}),
    }


def _adresse(nom: str) -> str | None:
    try:
        return adresse_de(nom)
    except NoReverseMatch:
        return None
