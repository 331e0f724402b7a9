"""The last step: records to certify, and documents to give again, from a day of the new year."""

from datetime import date
from typing import cast

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

import francais
from demandes.genre.type_fiche import DateInput
from famille.connexion.requete import compte_de
from famille.models import DateDeCertification, PieceDemandee, Redemande
from planning.pieces.lecture import pieces_attendues
from portail.guichet.certification.attendues import concernees
from portail.guichet.certification.page import journaliser
from portail.guichet.rentree.annee import periode_de
from portail.guichet.rentree.page import DOCUMENTS, PageDeRentree
from socle.annee_scolaire import AnneeScolaire


class DocumentsForm(forms.Form):
    """What is asked again, and from when."""

    certifier = forms.BooleanField(
        label="Demander à chaque famille de relire et de certifier son dossier", required=False, initial=True
    )
    pieces = forms.ModelMultipleChoiceField(
        PieceDemandee.objects.none(),
        label="Documents à redemander",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ce qui est donné dès aujourd’hui comptera. Ceux qui finissent avec l’année se périment d’eux-mêmes.",
    )
    le = forms.DateField(
        label="À partir du",
        widget=DateInput,
        help_text="Jusque-là, rien ne change. Ce jour-là, chaque famille certifie de nouveau son dossier.",
    )

    def __init__(self, annee: AnneeScolaire, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"le": annee.du}, label_suffix="")
        self.annee = annee
        demandees = PieceDemandee.objects.en_cours(annee.du).filter(tenue_par="")
        choix = cast(forms.ModelMultipleChoiceField, self.fields["pieces"])
        choix.queryset = demandees
        # Read here: no query starts in a template.
        choix.choices = [(piece.pk, str(piece)) for piece in demandees]
        if choix.choices:
            self.fields[
                "le"
            ].help_text = (
                "Jusque-là, rien ne change. Ce jour-là, ce qui est coché est à donner ou à certifier de nouveau."
            )

    def clean_le(self) -> date:
        le: date = self.cleaned_data["le"]
        du, au = periode_de(self.annee)
        if not du <= le <= au:
            raise forms.ValidationError(f"Choisissez un jour de l’année {self.annee}, ou de l’été qui la précède.")
        return le


class DocumentsDeRentree(PageDeRentree):
    chemin, nom = "guichet/rentree/<str:annee>/documents/", "guichet_rentree_documents"
    etape, droits = DOCUMENTS, DOCUMENTS.droits
    titre = DOCUMENTS.titre
    template_name = "admin/guichet/rentree/documents.html"

    def get_context_data(self, **kwargs: object) -> dict:
        if "confirmation" in kwargs:
            return super().get_context_data(**kwargs)
        form = kwargs.pop("form", None) or DocumentsForm(self.annee)
        fixees = DateDeCertification.objects.filter(le__range=periode_de(self.annee)).select_related("par")
        return super().get_context_data(form=form, fixees=fixees, **kwargs)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        form = DocumentsForm(self.annee, request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        if self.a_renonce():
            return self.render_to_response(self.get_context_data(form=form))
        le, par = form.cleaned_data["le"], compte_de(request)
        certifier = form.cleaned_data["certifier"] and not DateDeCertification.objects.filter(le=le).exists()
        pieces = list(PieceDemandee.objects.a_redemander(le).filter(pk__in=form.cleaned_data["pieces"]))
        if not certifier and not pieces:
            messages.warning(request, "Rien à redemander\u00a0: rien n’est coché, ou c’est déjà demandé pour ce jour.")
            return redirect(request.path)
        combien = concernees(le).count() if certifier else 0
        phrases = [
            *(_dire_la_certification(le, combien) if certifier else []),
            *(_dire_les_pieces(le, pieces) if pieces else []),
        ]
        titre = f"Rentrée {self.annee.debut}\u00a0: redemander\u00a0?"
        question = self.question(titre, _bouton(combien, certifier, pieces), phrases)
        if not question.est_donnee(request.POST):
            return self.demander(question)
        Redemande(le, pieces, certification=certifier).redemander(par=par)
        if certifier:
            journaliser(par, DateDeCertification.objects.get(le=le), ADDITION)
        dit = f"Redemandée à partir du {francais.date_courte(le)}."
        LogEntry.objects.log_actions(par.pk, pieces, CHANGE, dit)
        messages.success(request, f"C’est demandé, à partir du {francais.date_longue(le)}.")
        return redirect(request.path)


def _bouton(familles: int, certifier: bool, pieces: list[PieceDemandee]) -> str:
    """« Redemander la certification à 62 familles et 2 documents »."""
    a_qui = f" à {francais.pluriel(familles, 'famille')}" if familles else ""
    quoi = [
        *([f"la certification{a_qui}"] if certifier else []),
        *([francais.pluriel(len(pieces), "document")] if pieces else []),
    ]
    return f"Redemander {francais.enumerer(quoi)}"


def _dire_la_certification(le: date, combien: int) -> list[str]:
    familles = francais.pluriel(combien, "famille ne pourra", "familles ne pourront")
    return [
        f"À partir du {francais.date_longue(le)}, chaque famille devra relire et certifier son dossier.",
        f"{familles} plus réserver avant de l’avoir fait. Leurs réservations restent.",
    ]


def _dire_les_pieces(le: date, pieces: list[PieceDemandee]) -> list[str]:
    noms = francais.enumerer(f"«\u00a0{piece}\u00a0»" for piece in pieces)
    cles = {piece.pk for piece in pieces}
    familles = {une.famille for une in pieces_attendues(timezone.localdate()) if une.piece in cles}
    donneront = francais.pluriel(len(familles), "famille devra", "familles devront")
    le_dit = francais.date_longue(le)
    return [f"{donneront} donner de nouveau {noms}\u00a0: ce qui l’était déjà ne servira plus à partir du {le_dit}."]
