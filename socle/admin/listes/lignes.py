"""The rows of a list, each a string: its cells side by side, which its template need not write one by one."""

from collections.abc import Callable
from html import escape

from django.contrib.admin.templatetags.admin_list import ResultList, results
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import quote
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model
from django.utils.safestring import SafeString, mark_safe

from socle.admin.listes.colonnes import colonnes
from socle.adresses.formes import adresse_de


def lignes(liste: ChangeList) -> list[ResultList]:
    """For Django's template. A list that is edited in place, or that a field opens in a window, is Django's to draw."""
    if liste.formset or liste.is_popup:
        return list(results(liste))
    cellules = [colonne.cellule for colonne in colonnes(liste)]
    adresser = _adresses(liste)

    def dessiner(ligne: Model) -> SafeString:
        adresse = adresser(ligne)
        return mark_safe("".join([cellule(ligne, adresse) for cellule in cellules]))

    return [ResultList(None, [dessiner(ligne)]) for ligne in liste.result_list]


def _adresses(liste: ChangeList) -> Callable[[Model], str]:
    """Of the record of a row, from which one comes back to the list as it was: its filters are the same on each row."""
    if liste.list_display_links is None:
        return lambda ligne: ""
    page, cle = f"admin:{liste.opts.app_label}_{liste.opts.model_name}_change", liste.pk_attname
    retour = add_preserved_filters({"preserved_filters": liste.preserved_filters, "opts": liste.opts}, "")
    return lambda ligne: escape(adresse_de(page, quote(getattr(ligne, cle))) + retour)
