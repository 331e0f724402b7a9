"""The functions of `francais` as template filters. Built into every template."""

from django import template

import francais

register = template.Library()

for fonction in (
    francais.date_longue,
    francais.date_courte,
    francais.jour_et_mois,
    francais.mois_et_annee,
    francais.heure,
    francais.euros,
    francais.telephone,
    francais.oui_non,
    francais.pluriel,
    francais.de,
):
    register.filter(fonction.__name__, fonction)
# A moment is written in the time of the town.
register.filter("date_et_heure", francais.date_et_heure, expects_localtime=True)
