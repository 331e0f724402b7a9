"""The rights in force, as a table that a town can read: one line for each group and noun."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.apps import apps
from django.contrib.auth.models import Permission
from django.db.models import Model

from socle.octroi.table import VERBES, Droit

OUI, NON = "oui", "·"
TETE = ["Groupe", "Domaine", "Objet", *(verbe.capitalize() for verbe in VERBES), "Et aussi"]


def droits_en_vigueur() -> list[Droit]:
    """What each group has, whoever gave it."""
    colonnes = ("group__name", "content_type__app_label", "content_type__model", "codename")
    return sorted(Droit(*valeurs) for valeurs in Permission.objects.exclude(group=None).values_list(*colonnes))


def imprimer(droits: Iterable[Droit]) -> Iterator[str]:
    """The lines of the table, aligned, its head first."""
    rangees = [TETE, *(_rangee(groupe, list(siens)) for groupe, siens in groupby(sorted(droits), _objet))]
    largeurs = [max(map(len, colonne)) for colonne in zip(*rangees, strict=True)]
    for rangee in rangees:
        yield "  ".join(mot.ljust(largeur) for mot, largeur in zip(rangee, largeurs, strict=True)).rstrip()


def decrire(droit: Droit) -> str:
    """« Accueil, enfants : modifier »."""
    return f"{droit.groupe}, {_nom(droit)}\u00a0: {_verbe(droit)}"


def nommer(permission: Permission) -> str:
    """« Familles, enfants : modifier », without a query if its content type was read."""
    modele = permission.content_type
    droit = Droit("", modele.app_label, modele.model, permission.codename)
    application = apps.app_configs.get(droit.app)
    domaine = application.verbose_name if application else droit.app
    return f"{domaine}, {_nom(droit)}\u00a0: {_verbe(droit)}"


def dire_l_objet(droit: Droit) -> str:
    """« enfants »."""
    return _nom(droit)


def dire_le_verbe(droit: Droit) -> str:
    """« modifier », « faire l’appel »."""
    return _verbe(droit)


def _verbe(droit: Droit) -> str:
    verbes = {f"{code}_{droit.modele}": verbe for verbe, code in VERBES.items()}
    return verbes.get(droit.codename) or _libelle(droit)


def _objet(droit: Droit) -> tuple[str, str, str]:
    return droit.groupe, droit.app, droit.modele


def _rangee(objet: tuple[str, str, str], droits: list[Droit]) -> list[str]:
    groupe, app, modele = objet
    codes = {droit.codename for droit in droits}
    communs = {verbe: f"{code}_{modele}" for verbe, code in VERBES.items()}
    propres = [_libelle(droit) for droit in droits if not droit.est_courant]
    return [
        groupe,
        str(apps.get_app_config(app).verbose_name),
        _nom(droits[0]),
        *(OUI if code in codes else NON for code in communs.values()),
        ", ".join(propres),
    ]


def _nom(droit: Droit) -> str:
    modele = _modele(droit)
    return str(modele._meta.verbose_name_plural) if modele else droit.modele


def _libelle(droit: Droit) -> str:
    """« faire l’appel », as the model calls it."""
    modele = _modele(droit)
    libelles = dict(modele._meta.permissions) if modele else {}
    return libelles.get(droit.codename, droit.codename).removeprefix("Peut ")


def _modele(droit: Droit) -> type[Model] | None:
    """None for a model that the code has no more: Django keeps its permissions."""
    return apps.all_models[droit.app].get(droit.modele) if droit.app in apps.app_configs else None
