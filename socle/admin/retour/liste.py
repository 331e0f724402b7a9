"""A list, back from the page that asked about its action: the same rows ticked, the same action chosen."""

from copy import copy
from functools import partial

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe

from socle.admin.retour.renoncer import a_renonce, dire_que_rien_n_a_change, relue


class ListeQuiRevient(admin.ModelAdmin):
    """Before all that a ModelAdmin does: see `surveiller`."""

    _cochees: frozenset[str] = frozenset()

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        if not a_renonce(request):
            return super().changelist_view(request, extra_context)
        liste = copy(self)
        liste._cochees = frozenset(request.POST.getlist(ACTION_CHECKBOX_NAME))
        choisie = partial(self.action_form, initial={"action": request.POST.get("action")})
        liste.action_form = choisie  # type: ignore[misc]  # made by the list, as its class is
        dire_que_rien_n_a_change(request)
        return super(ListeQuiRevient, liste).changelist_view(relue(request), extra_context)

    def action_checkbox(self, obj: Model) -> SafeString:
        case = super().action_checkbox(obj)
        return mark_safe(case.replace("<input", "<input checked", 1)) if str(obj.pk) in self._cochees else case
