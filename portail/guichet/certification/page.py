"""The screen of all the familles: the date that counts, how far one is, who is awaited. Direction sets the dates."""

from django.contrib import messages
from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

import francais
from famille.connexion.requete import compte_de
from famille.models import Compte, DateDeCertification, Responsable
from portail.guichet.certification.attendues import a_certifier, compter, concernees
from portail.guichet.certification.formulaires import DateForm
from portail.guichet.page import PageDAgent
from socle.admin.confirmation import Confirmation

PAR_PAGE = 50
LIRE = "famille.view_certification"
FIXER, RETIRER = (f"famille.{verbe}_datedecertification" for verbe in ("add", "delete"))


class CertificationDesDossiers(PageDAgent):
    """`?page=2`. POST `le`: a date from which records are to be certified; POST `retirer`: one that has not come."""

    chemin, nom, droits = "guichet/certification/", "guichet_certification", (LIRE,)
    titre = "Certification des dossiers"
    template_name = "admin/guichet/certification/liste.html"
    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self._montrer(DateForm())

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if "retirer" in request.POST:
            return self._retirer(request, request.POST["retirer"])
        self._exiger(FIXER)
        form = DateForm(request.POST)
        if not form.is_valid():
            return self._montrer(form, status=422)
        return self._demander_ou_fixer(request, form)

    def _demander_ou_fixer(self, request: HttpRequest, form: DateForm) -> HttpResponse:
        le, aujourd_hui = form.cleaned_data["le"], timezone.localdate()
        nombre = concernees(max(le, aujourd_hui)).count()
        question = Confirmation(
            titre="Demander la certification des dossiers\u00a0?",
            bouton="Demander la certification",
            phrases=[
                f"À partir du {francais.date_longue(le)}, chaque famille devra relire et certifier son dossier.",
                f"{francais.pluriel(nombre, 'famille ne pourra', 'familles ne pourront')} plus réserver avant de "
                "l’avoir fait. Leurs réservations restent, et elles peuvent toujours déclarer une absence.",
                "Ce qu’elles ont certifié avant cette date ne comptera plus.",
            ],
            chemin=[(reverse(f"admin:{self.nom}"), self.titre)],
            envoi=request.POST,
        )
        if not question.est_donnee(request.POST):
            contexte = self.get_context_data(confirmation=question) | {"title": question.titre}
            return self.response_class(request, "admin/confirmation.html", contexte)
        fixee = DateDeCertification.objects.redemander(le, par=compte_de(request))
        journaliser(compte_de(request), fixee, ADDITION)
        messages.success(request, f"Les dossiers sont à certifier à partir du {francais.date_longue(le)}.")
        return redirect(f"admin:{self.nom}")

    def _retirer(self, request: HttpRequest, cle: str) -> HttpResponse:
        """Only one that bars nobody yet: what was asked is history."""
        self._exiger(RETIRER)
        a_venir = DateDeCertification.objects.a_venir(timezone.localdate())
        fixee = get_object_or_404(a_venir, pk=int(cle) if cle.isdecimal() and len(cle) < 19 else 0)
        journaliser(compte_de(request), fixee, DELETION)
        fixee.delete()
        messages.success(request, f"La date du {fixee} est retirée.")
        return redirect(f"admin:{self.nom}")

    def _montrer(self, form: DateForm, *, status: int = 200) -> HttpResponse:
        aujourd_hui = timezone.localdate()
        siens = Prefetch("responsables", Responsable.objects.all())
        attendues = a_certifier(aujourd_hui).prefetch_related(siens).order_by("numero")
        contexte = self.get_context_data(
            compte=compter(aujourd_hui),
            liste=Paginator(attendues, PAR_PAGE).get_page(self.request.GET.get("page")),
            dates=[(une, une.a_commence(aujourd_hui)) for une in DateDeCertification.objects.select_related("par")],
            form=form if self.request.user.has_perm(FIXER) else None,
            peut_retirer=self.request.user.has_perm(RETIRER),
        )
        return self.render_to_response(contexte, status=status)

    def _exiger(self, droit: str) -> None:
        if not self.request.user.has_perm(droit):
            raise PermissionDenied


def journaliser(agent: Compte, fixee: DateDeCertification, geste: int) -> None:
    """Who set a date, or took it back: it outlives the row."""
    LogEntry.objects.log_actions(agent.pk, [fixee], geste, f"Date de certification\u00a0: {fixee}.", single_object=True)
