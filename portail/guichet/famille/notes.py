"""The notes of the centre: read, written, erased by agents; no page of a parent's shows them."""

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from famille.connexion.requete import compte_de
from famille.models import LectureConfidentielle, NoteDuCentre
from famille.models.notes.note import NOTE_MAX
from portail.guichet.famille.page import PageDeFamille

LIRE, ECRIRE, EFFACER = (f"famille.{verbe}_noteducentre" for verbe in ("view", "add", "delete"))


class NoteForm(forms.Form):
    texte = forms.CharField(
        label="Note",
        max_length=NOTE_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Entre agents. La famille ne la voit pas sur le portail, mais peut demander copie de ses "
        "données\u00a0: n’écrivez que ce que vous pourriez lui lire.",
    )


class NotesDeFamille(PageDeFamille):
    """POST `texte` writes one; POST `effacer` erases it."""

    chemin = "guichet/famille/<int:pk>/notes/"
    nom = onglet = "guichet_famille_notes"
    template_name = "admin/guichet/famille/notes.html"
    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self._montrer(NoteForm(label_suffix=""))

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if "effacer" in request.POST:
            return self._effacer(request, request.POST["effacer"])
        if not self.peut(ECRIRE):
            raise PermissionDenied
        form = NoteForm(request.POST, label_suffix="")
        if not form.is_valid():
            return self._montrer(form, status=422)
        NoteDuCentre.objects.ecrire(self.lire_la_famille(), form.cleaned_data["texte"], par=compte_de(request))
        self._journaliser("Note du centre écrite.")
        messages.success(request, "La note est enregistrée.")
        return redirect(self.adresse(self.nom))

    def _effacer(self, request: HttpRequest, cle: str) -> HttpResponse:
        if not self.peut(EFFACER):
            raise PermissionDenied
        famille = self.lire_la_famille()
        get_object_or_404(famille.notes, pk=int(cle) if cle.isdecimal() and len(cle) < 19 else 0).delete()
        self._journaliser("Note du centre effacée.")
        messages.success(request, "La note est effacée.")
        return redirect(self.adresse(self.nom))

    def _montrer(self, form: NoteForm, *, status: int = 200) -> HttpResponse:
        self.exiger_un_droit()
        famille = self.lire_la_famille()
        notes = list(famille.notes.select_related("par"))
        if notes:
            # Whatever agents write of a household: why a child was ill, perhaps.
            LectureConfidentielle.objects.noter(famille, par=compte_de(self.request), objet="Notes du centre")
        contexte = self.get_context_data(
            notes=notes,
            form=form if self.peut(ECRIRE) else None,
            peut_effacer=self.peut(EFFACER),
        )
        return self.render_to_response(contexte, status=status)

    def _journaliser(self, phrase: str) -> None:
        """That there was one, never what it says."""
        agent = compte_de(self.request)
        LogEntry.objects.log_actions(agent.pk, [self.famille], CHANGE, phrase, single_object=True)
