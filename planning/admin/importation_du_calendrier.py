"""The agents' page that imports the published calendar: which years, what would change, and done once it is read."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils import timezone

from planning.calendrier.donnees import AnneesScolaires
from planning.calendrier.importation import Importation
from planning.models import Prestation
from planning.portee.jours import JoursTouches
from socle.admin.confirmation import Confirmation
from socle.admin.pages import AvecPages
from socle.admin.retour.renoncer import a_renonce, dire_que_rien_n_a_change
from socle.annee_scolaire import AnneeScolaire

LISTE = "admin:planning_vacances_changelist"
DROITS = ["planning.add_vacances", "planning.change_vacances", "planning.delete_vacances", "planning.add_jourferie"]
MAX = 3


class ImportationForm(forms.Form):
    depuis = forms.TypedChoiceField(label="Première année scolaire", coerce=int)
    annees = forms.TypedChoiceField(
        label="Nombre d’années", coerce=int, choices=[(n, str(n)) for n in range(1, MAX + 1)], initial=MAX
    )
    zone = forms.ChoiceField(label="Zone", choices=[(zone, f"Zone {zone}") for zone in "ABC"])

    def __init__(self, data: QueryDict | None = None) -> None:
        en_cours = AnneeScolaire.de(timezone.localdate())
        super().__init__(data, label_suffix="", initial={"depuis": en_cours.debut, "zone": settings.ZONE_SCOLAIRE})
        annees = [AnneeScolaire(en_cours.debut + n) for n in (-1, 0, 1)]
        self.fields["depuis"].choices = [(annee.debut, str(annee)) for annee in annees]  # type: ignore[attr-defined]

    @property
    def importation(self) -> Importation:
        lu = self.cleaned_data
        return Importation(AnneesScolaires(lu["depuis"], lu["annees"], lu["zone"], settings.ZONE_SCOLAIRE_AVANT_2015))


class PageDImportation(AvecPages):
    """`importation/`: the lists of the calendar lead to it."""

    change_list_template = "admin/planning/calendrier_liste.html"

    def get_urls(self) -> list[URLPattern]:
        return [self.adresse("importation/", self.importation_view, "importation"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "peut_importer": _peut_importer(request)})

    def importation_view(self, request: HttpRequest) -> HttpResponse:
        """Nothing is written but by whoever has read this very list of changes."""
        if not _peut_importer(request):
            raise PermissionDenied
        form = ImportationForm(request.POST or None)
        if a_renonce(request):
            dire_que_rien_n_a_change(request)
        elif form.is_valid():
            return self._confirmer(request, form.importation)
        return Confirmation(
            titre="Importer le calendrier",
            bouton="Voir ce qui changerait",
            phrases=[
                "Les vacances scolaires et les jours fériés publiés. Rien n’est écrit avant la page suivante\u00a0; "
                "ce qu’un agent a saisi ou corrigé ne change pas."
            ],
            chemin=[(reverse(LISTE), "Vacances scolaires")],
            form=form,
        ).demander(self, request)

    def _confirmer(self, request: HttpRequest, importation: Importation) -> HttpResponse:
        prevision = importation.prevoir()
        reserves = importation.reserves(prevision)
        if prevision.est_vide:
            for phrase in ["Rien à importer\u00a0: le calendrier est à jour.", *reserves]:
                messages.info(request, phrase)
            return redirect(LISTE)
        touches = JoursTouches(Prestation.objects.all(), prevision.periodes, "Le calendrier scolaire a été mis à jour.")
        question = Confirmation(
            titre="Importer le calendrier\u00a0?",
            bouton="Importer",
            phrases=[*prevision.dire(), *touches.si(importation.faire), *reserves],
            chemin=[(reverse(LISTE), "Vacances scolaires"), (request.get_full_path(), "Importer le calendrier")],
            envoi=request.POST,
        )
        if not question.est_donnee(request.POST):
            return question.demander(self, request)
        with transaction.atomic():
            avant = touches.lire()
            importation.faire()
            touches.annoncer(avant, touches.lire(), request)
        messages.success(request, "Le calendrier est importé.")
        return redirect(LISTE)


def _peut_importer(request: HttpRequest) -> bool:
    return request.user.has_perms(DROITS)
