"""What one types to write a message."""

from django import forms

from messagerie.models import Fil
from messagerie.models.message import TEXTE_MAX
from socle.fichiers.pieces import PiecesField


class ReponseForm(forms.Form):
    """A message in a thread."""

    texte = forms.CharField(label="Votre message", max_length=TEXTE_MAX, widget=forms.Textarea(attrs={"rows": 6}))
    pieces = PiecesField()


class NouveauMessageForm(ReponseForm):
    """A message that opens a thread."""

    sujet = forms.CharField(
        label="Sujet",
        max_length=Fil._meta.get_field("sujet").max_length,
        help_text="Il se lit dans les listes\u00a0: gardez ce qui touche à la santé pour le message.",
    )

    field_order = ["sujet", "texte", "pieces"]
