"""The Treasury's page, played: it says in large letters that it is a simulation."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View

from facturation.tipi.factice.formulaires import DemandeRecueForm, IssueForm
from facturation.tipi.factice.serveur import notifier


@method_decorator(login_not_required, name="dispatch")
class Page(View):
    """GET shows what is asked; POST plays an issue, notifies, and sends the browser back."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._afficher(request, DemandeRecueForm(request.GET), IssueForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        demande, issue = DemandeRecueForm(request.GET), IssueForm(request.POST)
        if not (demande.is_valid() and issue.is_valid()):
            return self._afficher(request, demande, issue)
        notifier(demande.cleaned_data, issue.cleaned_data["resultrans"], issue.cleaned_data["deroulement"])
        return redirect("facturation:retour", demande.cleaned_data["refdet"])

    def _afficher(self, request: HttpRequest, demande: DemandeRecueForm, issue: IssueForm) -> HttpResponse:
        valide = demande.is_valid()
        contexte = {"demande": demande, "valide": valide, "issue": issue}
        return render(request, "facturation/tipi_factice/page.html", contexte, status=200 if valide else 400)
