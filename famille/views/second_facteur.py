"""The pages of an agent's second factor: its code at the door, setting it up, recovery codes, trusted devices."""

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from famille.connexion.requete import compte_de
from famille.models import Authentificateur, CodeDeSecours
from famille.models.second_facteur.authentificateur import CodeRefuse
from famille.second_facteur.annonce import prevenir_du_second_facteur
from famille.second_facteur.confiance import faire_confiance
from famille.second_facteur.etat import Etat, ouvrir
from famille.second_facteur.formulaires import CodeDeConnexionForm, CodeForm, MotDePasseForm
from famille.views.connexion import premiere_page

MA_SECURITE = "famille:second_facteur"


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PageDAgent(View):
    """Parents have no second factor."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        self.compte = compte_de(request)
        if not self.compte.is_staff:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def cle(self) -> Authentificateur | None:
        return Authentificateur.objects.filter(compte=self.compte).first()

    def cle_active(self) -> Authentificateur:
        """404 where there is none."""
        return get_object_or_404(Authentificateur, compte=self.compte, confirme_le__isnull=False)


class MaSecurite(PageDAgent):
    """Where one stands, and what one may do about it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.montrer(MotDePasseForm(request))

    def montrer(self, form: MotDePasseForm) -> HttpResponse:
        etat = Etat.de(self.compte)
        contexte = {
            "form": form,
            "actif": etat.est_actif,
            "exige": etat.est_exige,
            "codes": CodeDeSecours.objects.filter(authentificateur__compte=self.compte).count(),
            "appareils": self.compte.appareils.valables(),
        }
        return TemplateResponse(self.request, "famille/second_facteur/securite.html", contexte)


class AvecMotDePasse(MaSecurite):
    """POST only, with the password: the page comes back if it is wrong."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        form = MotDePasseForm(request, request.POST)
        return self.faire() if form.is_valid() else self.montrer(form)

    def faire(self) -> HttpResponse:
        raise NotImplementedError


class NouvelleCle(AvecMotDePasse):
    """A key for a phone, in the place of the former one."""

    def faire(self) -> HttpResponse:
        Authentificateur.preparer(self.compte)
        return redirect("famille:second_facteur_activation")


class NouveauxCodes(AvecMotDePasse):
    """Recovery codes in the place of the former ones."""

    def faire(self) -> HttpResponse:
        codes = self.cle_active().renouveler_les_codes()
        prevenir_du_second_facteur(self.compte, "De nouveaux codes de secours ont été donnés à votre compte")
        return montrer_les_codes(self.request, codes)


class Retrait(AvecMotDePasse):
    """No second factor any more, where it is not required."""

    def faire(self) -> HttpResponse:
        if Etat.de(self.compte).est_exige:
            messages.error(self.request, "Votre fonction demande un second facteur\u00a0: remplacez-le plutôt.")
            return redirect(MA_SECURITE)
        self.cle_active().retirer()
        prevenir_du_second_facteur(self.compte, "Le second facteur de votre compte a été retiré")
        messages.success(self.request, "Votre compte n’a plus de second facteur.")
        return redirect(MA_SECURITE)


class RetraitDAppareil(PageDAgent):
    """One device is trusted no longer; a session that it has opened asks for a code."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        appareil = get_object_or_404(self.compte.appareils, pk=pk)
        appareil.delete()
        messages.success(request, f"Un code sera demandé sur cet appareil\u00a0: {appareil.nom}.")
        return redirect(MA_SECURITE)


class Activation(PageDAgent):
    """The QR code, and the first code that proves that the phone has it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._montrer(CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form, cle = CodeForm(request.POST), self.cle()
        if cle is None or cle.est_confirme:
            return redirect(MA_SECURITE)
        if form.is_valid():
            try:
                codes = cle.confirmer(form.cleaned_data["code"])
            except CodeRefuse as refus:
                form.add_error("code", str(refus))
            else:
                ouvrir(request, cle.generation)
                prevenir_du_second_facteur(self.compte, "Un second facteur protège désormais votre compte")
                return montrer_les_codes(request, codes)
        return self._montrer(form)

    def _montrer(self, form: CodeForm) -> HttpResponse:
        cle = self.cle()
        if cle is None or cle.est_confirme:
            return redirect(MA_SECURITE)
        contexte = {"form": form, "qr": dessiner(cle.adresse), "lettres": cle.en_lettres}
        return TemplateResponse(self.request, "famille/second_facteur/activation.html", contexte)


class Code(PageDAgent):
    """At the door, after the password."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._montrer(CodeDeConnexionForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form, cle = CodeDeConnexionForm(request.POST), self.cle_active()
        if form.is_valid():
            try:
                cle.verifier(form.cleaned_data["code"])
            except CodeRefuse as refus:
                form.add_error("code", str(refus))
            else:
                return self._entrer(cle, confiance=form.cleaned_data["confiance"])
        return self._montrer(form)

    def _entrer(self, cle: Authentificateur, *, confiance: bool) -> HttpResponse:
        reponse = redirect(self._suite())
        appareil = faire_confiance(self.request, reponse, self.compte) if confiance else None
        ouvrir(self.request, cle.generation, appareil.pk if appareil else None)
        return reponse

    def _suite(self) -> str:
        """The page of ours that was asked for, or the first one."""
        suite = self.request.POST.get("next", "")
        if url_has_allowed_host_and_scheme(suite, {self.request.get_host()}, require_https=self.request.is_secure()):
            return suite
        return premiere_page(self.compte, getattr(self.compte, "responsable", None))

    def _montrer(self, form: CodeDeConnexionForm) -> HttpResponse:
        if not Etat.de(self.compte).est_actif:
            return redirect(MA_SECURITE)
        suite = (self.request.POST if self.request.method == "POST" else self.request.GET).get("next", "")
        return TemplateResponse(self.request, "famille/second_facteur/code.html", {"form": form, "suite": suite})


def montrer_les_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """In the answer itself: no page shows them a second time."""
    return TemplateResponse(request, "famille/second_facteur/codes.html", {"codes": codes})


def dessiner(adresse: str) -> str:
    """The QR code, as SVG in the page: nobody else's server draws it."""
    qr = segno.make(adresse, error="m")
    options = {"omitsize": True, "border": 4, "light": "#fff", "dark": "#000", "title": "QR code à photographier"}
    svg = qr.svg_inline(**options, svgclass=None, lineclass=None)
    return mark_safe(svg.replace("<svg ", '<svg role="img" ', 1))
