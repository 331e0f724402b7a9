"""One deposit under the agent's eyes: its files, then « Vérifié » with its end, or « Refusé » with why."""

from datetime import date

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from demandes.genre.type_fiche import DateInput
from famille.connexion.requete import compte_de
from famille.models import FichierDePiece, LectureConfidentielle, PieceDemandee, PieceFournie
from famille.models.pieces.fournie import MOTIF_MAX, SANTE, DejaDecidee
from planning.portee.messager import ecrire
from portail.guichet.page import PageDAgent
from portail.guichet.pieces.file import LIRE, VERIFIER, a_verifier
from socle.adresses.formes import adresse_de


class FinForm(forms.Form):
    """Until when it holds. Asked for where it is written on the document."""

    expire_le = forms.DateField(label="Valable jusqu’au", required=False, widget=DateInput)

    def __init__(self, piece: PieceDemandee, data: dict | None = None, *, recue: date | None = None) -> None:
        super().__init__(data, label_suffix="", initial={"expire_le": piece.fin_proposee(recue) if recue else None})
        champ = self.fields["expire_le"]
        champ.required = piece.a_une_date
        champ.help_text = "La date écrite sur le document." if piece.a_une_date else "Vide\u00a0: sans fin."
        self.use_required_attribute = False

    def clean_expire_le(self) -> date | None:
        fin = self.cleaned_data["expire_le"]
        if fin and fin < timezone.localdate():
            raise forms.ValidationError("Ce document est déjà périmé\u00a0: refusez-le, ou corrigez la date.")
        return fin


class RefusForm(forms.Form):
    motif = forms.CharField(
        label="Pourquoi il ne convient pas",
        max_length=MOTIF_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="La famille lira ce texte.",
    )

    def __init__(self, data: dict | None = None) -> None:
        super().__init__(data, label_suffix="")
        self.use_required_attribute = False


class PieceAVerifier(PageDAgent):
    """POST `geste`: `verifier` with `expire_le`, or `refuser` with `motif`. Then the next one that waits."""

    chemin, nom, droits = "guichet/pieces/<int:pk>/", "guichet_piece", (LIRE,)
    titre = "Document à vérifier"
    template_name = "admin/guichet/pieces/examen.html"
    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        fournie = self._lire()
        return self._montrer(fournie, FinForm(fournie.piece, recue=fournie.jour), RefusForm())

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.has_perm(VERIFIER):
            raise PermissionDenied
        fournie, refuse = self._lire(), request.POST.get("geste") == "refuser"
        fin = FinForm(fournie.piece, None if refuse else request.POST, recue=fournie.jour)
        refus = RefusForm(request.POST if refuse else None)
        if not (refus if refuse else fin).is_valid():
            return self._montrer(fournie, fin, refus, status=422)
        try:
            if refuse:
                fournie.refuser(refus.cleaned_data["motif"], par=compte_de(request))
                self._dire_le_refus(fournie)
            else:
                fournie.verifier(expire_le=fin.cleaned_data["expire_le"], par=compte_de(request))
        except DejaDecidee as deja:
            messages.warning(request, str(deja))
        else:
            messages.success(request, f"{fournie}\u00a0: {'refusé, la famille est prévenue' if refuse else 'vérifié'}.")
        return redirect(self._suivante())

    def _lire(self) -> PieceFournie:
        """Health is not for everybody."""
        lues = PieceFournie.objects.select_related("piece", "enfant", "famille", "deposee_par", "decidee_par")
        fournie = get_object_or_404(lues.prefetch_related("fichiers", "famille__responsables"), pk=self.kwargs["pk"])
        exiger_de_lire(self.request, fournie.piece)
        return fournie

    def _montrer(self, fournie: PieceFournie, fin: FinForm, refus: RefusForm, *, status: int = 200) -> HttpResponse:
        contexte = self.get_context_data(
            fournie=fournie,
            fichiers=[(un, reverse("admin:guichet_piece_fichier", args=[un.pk])) for un in fournie.fichiers.all()],
            fin=fin,
            refus=refus,
            peut=fournie.etat == PieceFournie.Etat.RECUE and self.request.user.has_perm(VERIFIER),
        )
        return self.render_to_response(contexte | {"title": str(fournie)}, status=status)

    def _dire_le_refus(self, fournie: PieceFournie) -> None:
        """Why is on the portal, and encrypted there: an e-mail is read over shoulders."""
        de = f" ({fournie.enfant.prenom})" if fournie.enfant else ""
        ecrire(
            fournie.famille,
            "Un document est à envoyer de nouveau",
            [f"Le document «\u00a0{fournie.piece}\u00a0»{de} ne convient pas. Le portail vous dit pourquoi."],
            chemin=adresse_de("pieces"),
            bouton="Voir les documents à fournir",
            par=compte_de(self.request),
        )

    def _suivante(self) -> str:
        suivante = a_verifier(compte_de(self.request)).values_list("pk", flat=True).first()
        return reverse("admin:guichet_piece", args=[suivante]) if suivante else reverse("admin:guichet_pieces")


class FichierAuGuichet(PageDAgent):
    """A file of a deposit. Of a health document, each reading is noted."""

    chemin, nom, droits = "guichet/pieces/fichiers/<int:pk>/", "guichet_piece_fichier", (LIRE,)
    http_method_names = ["get", "head"]

    def get(  # type: ignore[override]  # a file, where Django expects a page
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponseBase:
        lus = FichierDePiece.objects.select_related("fournie__piece", "fournie__enfant", "fournie__famille")
        fichier = get_object_or_404(lus, pk=self.kwargs["pk"])
        fournie = fichier.fournie
        exiger_de_lire(request, fournie.piece)
        if fournie.piece.de_sante:
            de, objet = fournie.enfant or fournie.famille, f"Document\u00a0: {fournie.piece}"[:80]
            LectureConfidentielle.objects.noter(de, par=compte_de(request), objet=objet)
        return fichier.servir(request)


def exiger_de_lire(request: HttpRequest, piece: PieceDemandee) -> None:
    if piece.de_sante and not request.user.has_perm(SANTE):
        raise PermissionDenied
