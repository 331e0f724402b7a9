"""The page where a parent reads the whole record, corrects it, and certifies it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import TemplateView

from famille.connexion.requete import FamilleRequise, RequeteDeFamille
from famille.models import Certification
from portail.certification.dossier import DossierACertifier
from socle.adresses.formes import adresse_de

RELU = "Votre dossier a changé pendant que vous le lisiez\u00a0: relisez-le, puis certifiez-le."


class CertificationDuDossier(FamilleRequise, TemplateView):
    """`?suite=`: where the parent was going, and is led once it is done. Not asked, it still may be read."""

    template_name = "portail/certification.html"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self._montrer(self._dossier())

    def post(self, request: RequeteDeFamille) -> HttpResponse:
        dossier = self._dossier()
        if dossier.a_certifier_depuis is None:
            messages.info(request, "Votre dossier est déjà certifié\u00a0: il n’y a rien à refaire.")
            return redirect(self._suite())
        if not constant_time_compare(request.POST.get("lu", ""), dossier.empreinte):
            return self._montrer(dossier, faute=RELU, status=422)
        Certification.objects.certifier(request.famille, dossier.empreinte, par=request.user)
        messages.success(request, "Merci\u00a0: votre dossier est certifié. Vous pouvez réserver.")
        return redirect(self._suite())

    def _dossier(self) -> DossierACertifier:
        return DossierACertifier(self.request.famille, vu_par=self.request.responsable, le=timezone.localdate())

    def _montrer(self, dossier: DossierACertifier, *, faute: str = "", status: int = 200) -> HttpResponse:
        contexte = self.get_context_data(
            depuis=dossier.a_certifier_depuis,
            parties=dossier.parties,
            empreinte=dossier.empreinte,
            suite=self._suite(),
            faute=faute,
        )
        return self.render_to_response(contexte, status=status)

    def _suite(self) -> str:
        """On the portal itself: an address made elsewhere leads nowhere."""
        suite = self.request.POST.get("suite") or self.request.GET.get("suite", "")
        sure = url_has_allowed_host_and_scheme(suite, allowed_hosts=None, require_https=self.request.is_secure())
        return suite if sure and suite.startswith("/") else adresse_de("accueil")
