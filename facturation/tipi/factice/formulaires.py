"""What the stand-in demands of those who send it a payment, as the Treasury does; and what one plays on its page."""

from decimal import Decimal

from django import forms
from django.conf import settings
from django.db import models

from facturation.tipi.passerelle import COURRIEL_MAX, COURRIEL_MIN, NUMCLI, REFDET, Resultat, adresse_de_notification


class DemandeRecueForm(forms.Form):
    """The redirect's parameters. It only ever notifies this very portal."""

    numcli = forms.RegexField(NUMCLI)
    exer = forms.RegexField(r"^[0-9]{4}$")
    refdet = forms.RegexField(REFDET)
    objet = forms.RegexField(r"^[A-Za-z0-9 ]{1,100}$")
    montant = forms.RegexField(r"^[1-9][0-9]{2,5}$")
    mel = forms.EmailField(min_length=COURRIEL_MIN, max_length=COURRIEL_MAX)
    saisie = forms.ChoiceField(choices=[(lettre, lettre) for lettre in settings.TIPI_SAISIES])
    urlcl = forms.CharField(max_length=250)

    def clean_urlcl(self) -> str:
        if self.cleaned_data["urlcl"] != adresse_de_notification(self.cleaned_data.get("refdet", "")):
            raise forms.ValidationError("Une autre adresse.")
        return self.cleaned_data["urlcl"]

    @property
    def montant_en_euros(self) -> Decimal:
        return Decimal(self.cleaned_data["montant"]) / 100


class Deroulement(models.TextChoices):
    """When the notification leaves."""

    AVANT = "avant", "avant le retour au portail"
    APRES = "apres", "en retard, après le retour au portail"
    DEUX_FOIS = "deux_fois", "deux fois"
    JAMAIS = "jamais", "jamais"
    MONTANT_FAUX = "montant_faux", "avec un montant faux"


class IssueForm(forms.Form):
    """What happens on the Treasury's page."""

    resultrans = forms.ChoiceField(choices=[(resultat.value, resultat.name) for resultat in Resultat])
    deroulement = forms.ChoiceField(
        label="La notification arrive", choices=Deroulement, initial=Deroulement.AVANT, widget=forms.RadioSelect
    )
