"""`{% lignes_de cl %}`: as Django's `{% result_list cl %}`, its rows drawn by columns (`socle.admin.listes`)."""

from django import template
from django.contrib.admin.templatetags.admin_list import result_headers, result_hidden_fields
from django.contrib.admin.views.main import ChangeList

from socle.admin.listes.lignes import lignes

register = template.Library()


@register.inclusion_tag("admin/change_list_results.html")
def lignes_de(liste: ChangeList) -> dict[str, object]:
    titres = list(result_headers(liste))
    return {
        "cl": liste,
        "result_hidden_fields": list(result_hidden_fields(liste)),
        "result_headers": titres,
        "num_sorted_fields": sum(1 for titre in titres if titre["sortable"] and titre["sorted"]),
        "results": lignes(liste),
    }
