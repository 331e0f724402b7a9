"""« Le centre »: its name, how to reach it, when; the town; the logo."""

from collections.abc import Callable, Iterator

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from phonenumber_field.formfields import PhoneNumberField

from facturation.prix.residence import habite
from famille.models import Responsable
from francais import pluriel
from portail.guichet.reglages.page import PageDUnReglage
from portail.guichet.reglages.versions import ReglageForm
from socle.admin.confirmation import Confirmation
from socle.models import Reglage
from socle.reglages.centre import CENTRE, LOGO, la_commune, le_centre
from socle.reglages.ecriture import ecrire
from socle.reglages.logo import HAUTEUR_MAX, LARGEUR_MAX, reduire
from socle.reglages.moment import Valeurs

LIGNES_MAX = 5


class CentreForm(ReglageForm):
    nom = forms.CharField(label="Nom du centre", max_length=80)
    adresse = forms.CharField(
        label="Adresse",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField", "autocomplete": "off"}),
        help_text="Une ligne ici est une ligne sur le papier. La dernière est la ville, avec son code postal.",
    )
    telephone = PhoneNumberField(label="Téléphone", region="FR")
    courriel = forms.EmailField(
        label="E-mail", help_text="Les réponses des familles à un e-mail du portail y arrivent."
    )
    horaires = forms.CharField(
        label="Horaires d’ouverture",
        max_length=150,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Comme dans une phrase\u00a0: «\u00a0du lundi au vendredi, de 8\u00a0h\u00a030 à 18\u00a0h\u00a0».",
    )
    commune = forms.CharField(
        label="Commune",
        max_length=60,
        help_text="Ses habitants paient leur prix\u00a0: le portail compte d’abord les familles que cela change.",
    )
    hebergeur = forms.CharField(
        label="Hébergeur du portail",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Nom, adresse et téléphone\u00a0: la loi les veut dans «\u00a0Mentions légales\u00a0».",
    )
    delegue = forms.EmailField(
        label="Délégué à la protection des données",
        required=False,
        help_text="Son adresse e-mail, dans «\u00a0Données personnelles\u00a0».",
    )

    def montrer(self, valeurs: Valeurs) -> dict[str, object]:
        centre, commune = le_centre(_tels(valeurs)), la_commune(_tels(valeurs))
        return {
            "nom": centre.nom,
            "adresse": "\n".join(centre.adresse),
            "telephone": centre.telephone,
            "courriel": centre.courriel,
            "horaires": centre.horaires,
            "commune": commune.nom,
            "hebergeur": commune.hebergeur,
            "delegue": commune.delegue,
        }

    def clean_adresse(self) -> list[str]:
        lignes = [ligne.strip() for ligne in self.cleaned_data["adresse"].splitlines() if ligne.strip()]
        if len(lignes) > LIGNES_MAX:
            raise forms.ValidationError(f"L’adresse compte {LIGNES_MAX}\u00a0lignes au plus.")
        return lignes

    def garder(self) -> dict[str, object]:
        return {**self.cleaned_data, "telephone": self.cleaned_data["telephone"].as_national}


class LogoForm(forms.Form):
    logo = forms.FileField(
        label="Image",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text=f"PNG ou JPEG. Elle est réduite à {LARGEUR_MAX} × {HAUTEUR_MAX}\u00a0points au plus.",
    )

    def clean_logo(self) -> dict[str, object]:
        recu: UploadedFile = self.cleaned_data["logo"]
        return reduire(recu)


class LeCentre(PageDUnReglage):
    chemin, nom = "guichet/reglages/centre/", "guichet_reglages_centre"
    onglet, titre = nom, "Le centre"
    form, cle = CentreForm, CENTRE
    template_name = "admin/guichet/reglages/centre.html"
    enregistre = "Enregistré\u00a0: les pages, les courriers et les e-mails le disent dès maintenant."

    def get_context_data(self, **kwargs: object) -> dict:
        return {"logo": LogoForm()} | super().get_context_data(**kwargs)

    def question(self, form: ReglageForm, valeurs: Valeurs) -> Confirmation | None:
        """Another town: who lives in it pays another price."""
        nouvelle = form.cleaned_data["commune"]
        phrases = list(_qui_change_de_prix(la_commune(_tels(valeurs)).nom, nouvelle))
        if not phrases:
            return None
        return Confirmation(
            titre=f"La commune devient «\u00a0{nouvelle}\u00a0»\u00a0?",
            bouton="Enregistrer",
            phrases=[*phrases, "Ce qui est déjà facturé ne change pas."],
            chemin=[(reverse(f"admin:{self.nom}"), "Le centre")],
            envoi=self.request.POST,
        )


class LeLogo(LeCentre):
    """Sent by a form of its own, on the same page."""

    chemin, nom = "guichet/reglages/logo/", "guichet_reglages_logo"
    onglet = LeCentre.nom
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if "retirer" in request.POST:
            ecrire(LOGO, {}, par=self.auteur())
            messages.success(request, "Le logo est retiré.")
            return redirect(f"admin:{LeCentre.nom}")
        logo = LogoForm(request.POST, request.FILES)
        if not logo.is_valid():
            actuel = Reglage.objects.de(CENTRE).first()
            return self.montrer(self.formulaire(actuel.valeurs if actuel else {}), actuel, logo=logo)
        ecrire(LOGO, logo.cleaned_data["logo"], par=self.auteur())
        messages.success(request, "Le logo est en place, en tête des pages et des papiers.")
        return redirect(f"admin:{LeCentre.nom}")


def _tels(valeurs: Valeurs) -> Callable[[str], Valeurs]:
    """How to read that version of the centre, and no other setting."""
    return lambda cle: valeurs if cle == CENTRE else {}


def _qui_change_de_prix(de: str, a: str) -> Iterator[str]:
    """In numbers: those who would enter the town, those who would leave it."""
    titulaires = Responsable.objects.filter(role=Responsable.Role.TITULAIRE).exclude(ville="")
    villes = titulaires.order_by().values_list("ville").annotate(combien=Count("pk"))
    entrent = sum(combien for ville, combien in villes if habite(ville, a) and not habite(ville, de))
    sortent = sum(combien for ville, combien in villes if habite(ville, de) and not habite(ville, a))
    if entrent:
        verbe = "paierait" if entrent < 2 else "paieraient"
        yield f"{pluriel(entrent, 'famille')} de plus {verbe} le prix des habitants."
    if sortent:
        verbe = "ne paierait" if sortent < 2 else "ne paieraient"
        yield f"{pluriel(sortent, 'famille')} {verbe} plus le prix des habitants, mais celui des autres communes."
