"""What goes with every request, whatever its kind; and the refusal."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from demandes.models import MotifUsuel
from socle.fichiers.pieces import PiecesField


class AccompagnementForm(forms.Form):
    """A word to the centre, and supporting documents."""

    prefix = "avec"

    commentaire = forms.CharField(
        label="Commentaire pour le centre",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    pieces = PiecesField(label="Pièces justificatives")

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        pieces_attendues: str = "",
    ) -> None:
        super().__init__(data, files, label_suffix="")
        if pieces_attendues:
            pieces = self.fields["pieces"]
            pieces.help_text = f"{pieces_attendues} {pieces.help_text}"


class RefusForm(forms.Form):
    """Why a request is refused: a usual reason, one's own words, or both."""

    usuel = forms.ModelChoiceField(
        label="Motif usuel",
        queryset=MotifUsuel.objects.all(),
        required=False,
        to_field_name="texte",
        empty_label="Aucun",
    )
    precision = forms.CharField(
        label="Motif, ou précision",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="La famille lira ce texte.",
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, label_suffix="")

    @property
    def motif(self) -> str:
        """The whole reason; empty if none was given."""
        if not self.is_valid():
            return ""
        usuel = self.cleaned_data["usuel"]
        return " ".join(filter(None, [usuel.texte if usuel else "", self.cleaned_data["precision"]]))
