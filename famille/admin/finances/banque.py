"""The account of a famille, for those who handle money: masked everywhere but in the field where a new one is typed."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from famille.admin.finances.dossier import PieceDuDossier
from famille.connexion.requete import compte_de
from famille.iban import valider_iban
from famille.models import InformationsBancaires, LectureConfidentielle
from famille.models.lectures import COMPTE_BANCAIRE
from socle.admin.lecture import LectureSeule
from socle.admin.tableau import LignesDeLaFiche


class InformationsBancairesInline(LectureSeule, admin.StackedInline):
    """What may be seen of it from the famille's page; the rest is on its own, each reading of which is noted."""

    model = InformationsBancaires
    formset = LignesDeLaFiche
    fields = ("iban_masque",)
    readonly_fields = fields
    extra = 0
    show_change_link = True


class InformationsBancairesForm(forms.ModelForm):
    """A new IBAN is typed; the present one is not sent to the browser to be corrected."""

    nouvel_iban = forms.CharField(
        label="Nouvel IBAN",
        required=False,
        max_length=42,
        validators=[valider_iban],
        help_text="Laissez vide pour garder celui qui est enregistré.",
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off", "spellcheck": "false"}),
    )

    class Meta:
        model = InformationsBancaires
        fields = ["famille", "titulaire", "banque", "bic"]

    def montrees(self) -> dict[str, str]:
        return {"IBAN": self.instance.iban_masque} if self.instance.pk else {}

    def save(self, commit: bool = True) -> InformationsBancaires:
        if self.cleaned_data["nouvel_iban"]:
            self.instance.iban = self.cleaned_data["nouvel_iban"]
        return super().save(commit)


@admin.register(InformationsBancaires)
class InformationsBancairesAdmin(PieceDuDossier):
    form = InformationsBancairesForm
    list_display = ["famille", "iban_masque"]
    non_exportees = frozenset({"iban_masque"})
    readonly_fields = ["iban_masque"]

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> InformationsBancaires | None:
        """Every page of one account comes through here: none is shown without a line in the journal."""
        compte = super().get_object(request, object_id, from_field)
        if compte is not None and self.has_view_or_change_permission(request, compte):
            LectureConfidentielle.objects.noter(compte.famille, par=compte_de(request), objet=COMPTE_BANCAIRE)
        return compte

    def get_fieldsets(self, request: HttpRequest, obj: InformationsBancaires | None = None) -> list:
        saisie = ["famille", "titulaire", "banque", "nouvel_iban", "bic"]
        if obj is None:
            return [(None, {"fields": saisie})]
        if not self.has_change_permission(request, obj):
            return [(None, {"fields": ["famille", "titulaire", "banque", "iban_masque", "bic"]})]
        saisie.insert(3, "iban_masque")
        return [(None, {"fields": saisie})]
