"""« Certifier au guichet »: the famille has signed a paper, and an agent has it in hand."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from famille.connexion.requete import compte_de
from famille.models import Certification
from portail.guichet.certification.attendues import etat_de
from portail.guichet.certification.formulaires import PapierForm
from portail.guichet.famille.page import PageDeFamille


class CertificationAuGuichet(PageDeFamille):
    """GET: the form. POST `precision`: what the paper is."""

    chemin = "guichet/famille/<int:pk>/certification/"
    nom, onglet = "guichet_famille_certification", "guichet_famille"
    droits = ("famille.view_famille", "famille.add_certification")
    template_name = "admin/guichet/certification/au_guichet.html"
    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self._montrer(PapierForm())

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        form, famille = PapierForm(request.POST), self.lire_la_famille()
        if not form.is_valid():
            return self._montrer(form, status=422)
        if self.a_certifier_depuis is None:
            messages.info(request, "Ce dossier est déjà certifié\u00a0: rien n’a changé.")
            return redirect(self.adresse("guichet_famille"))
        Certification.objects.recevoir_le_papier(famille, form.cleaned_data["precision"], par=compte_de(request))
        messages.success(request, "Le dossier est certifié\u00a0: la famille peut réserver.")
        return redirect(self.adresse("guichet_famille"))

    def _montrer(self, form: PapierForm, *, status: int = 200) -> HttpResponse:
        famille = self.lire_la_famille()
        contexte = self.get_context_data(form=form, etat=etat_de(famille, self.a_certifier_depuis))
        return self.render_to_response(contexte, status=status)
