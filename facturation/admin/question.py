"""What is asked of an agent before one of the verbs of money: a form, the verb, and what is said once it is done."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from facturation.erreurs import RefusFacturation
from facturation.models import Facture, PaiementEnLigne, Reglement
from francais import euros
from socle.admin.confirmation import Confirmation
from socle.admin.pages import AvecPages

Sujet = Facture | Reglement | PaiementEnLigne


@dataclass(frozen=True, kw_only=True)
class Question:
    """`verbe` takes what the form holds, by name. « {} », in `fait` (told to the agent) and `journal`: what it made.
    `deja`: why there is nothing to ask any more.
    """

    titre: str
    bouton: str
    formulaire: type[forms.Form]
    verbe: Callable[..., Model]
    fait: str
    journal: str = ""
    deja: str = ""

    def poser(self, page: AvecPages, request: HttpRequest, sujet: Sujet) -> HttpResponse:
        """Asks; answered, does it and goes back to the page of `sujet`. What the verb refuses is said on the form."""
        retour = reverse(f"admin:{page.opts.app_label}_{page.opts.model_name}_change", args=[sujet.pk])
        if self.deja and request.method != "POST":
            messages.info(request, self.deja)
            return redirect(retour)
        form = self.formulaire(request.POST or None)
        if form.is_valid() and self._faire(page, request, sujet, form):
            return redirect(retour)
        confirmation = Confirmation(
            titre=self.titre,
            bouton=self.bouton,
            phrases=[f"{sujet.description}, {euros(sujet.montant)}."],
            chemin=[(retour, str(sujet))],
            form=form,
        )
        return confirmation.demander(page, request)

    def _faire(self, page: admin.ModelAdmin, request: HttpRequest, sujet: Sujet, form: forms.Form) -> bool:
        try:
            nouvelle = self.verbe(**form.cleaned_data)
        except RefusFacturation as refus:
            form.add_error(None, str(refus))
            return False
        page.log_change(request, sujet, (self.journal or f"{self.titre}\u00a0: {{}}").format(nouvelle))
        messages.success(request, self.fait.format(nouvelle))
        return True
