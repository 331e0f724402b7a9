"""The page that moves a child from one famille to another: asked, counted, confirmed."""

from datetime import date
from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, reverse
from django.utils import timezone

from famille.connexion.requete import compte_de
from famille.models import Enfant, Famille
from planning.erreurs import RefusPlanning
from planning.portee.changement_de_famille import ChangementDeFamille
from socle.admin.confirmation import Confirmation
from socle.admin.pages import AvecPages
from socle.admin.retour.renoncer import a_renonce, dire_que_rien_n_a_change


class ChangementDeFamilleForm(forms.Form):
    """From where, to where, since when."""

    de = forms.ModelChoiceField(Famille.objects.none(), label="De la famille", empty_label=None)
    vers = forms.CharField(
        label="Vers la famille n°", max_length=13, help_text="Les 13 chiffres de son numéro, en haut de sa fiche."
    )
    du = forms.DateField(
        label="À partir du",
        help_text="Ce jour, et les suivants, sont réservés et payés par la seconde famille.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )
    reste = forms.BooleanField(
        label="L’enfant reste aussi dans la première famille", required=False, help_text="Garde alternée."
    )

    def __init__(self, enfant: Enfant, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own arguments, handed on
        familles = Famille.objects.filter(enfants=enfant).avec_responsables()
        cast(forms.ModelChoiceField, self.fields["de"]).queryset = familles

    def clean_vers(self) -> Famille:
        famille = Famille.objects.avec_responsables().filter(numero=self.cleaned_data["vers"].strip()).first()
        if famille is None:
            raise forms.ValidationError("Aucune famille n’a ce numéro.")
        return famille

    def clean_du(self) -> date:
        du: date = self.cleaned_data["du"]
        if du.year > timezone.localdate().year + 5:
            raise forms.ValidationError("Cette date est trop lointaine.")
        return du


class PageDeChangementDeFamille(AvecPages):
    """`deplacer/<child>/`."""

    def get_urls(self) -> list[URLPattern]:
        return [self.adresse("deplacer/<int:enfant>/", self.deplacer_view, "deplacer"), *super().get_urls()]

    def deplacer_view(self, request: HttpRequest, enfant: int) -> HttpResponse:
        if not (self.has_add_permission(request) and request.user.has_perm("famille.change_rattachement")):
            raise PermissionDenied
        deplace = get_object_or_404(Enfant, pk=enfant)
        form = ChangementDeFamilleForm(deplace, request.POST or None)
        if a_renonce(request):
            dire_que_rien_n_a_change(request)
        elif form.is_valid() and (reponse := self._confirmer(request, deplace, form)):
            return reponse
        question = Confirmation(
            titre=f"Déplacer {deplace} vers une autre famille",
            bouton="Continuer",
            phrases=["Rien ne change avant votre confirmation, à la page suivante."],
            chemin=_chemin(deplace),
            form=form,
        )
        return question.demander(self, request)

    def _confirmer(self, request: HttpRequest, enfant: Enfant, form: ChangementDeFamilleForm) -> HttpResponse | None:
        """None if it cannot be: the form says why."""
        changement = ChangementDeFamille(enfant, **form.cleaned_data)
        try:
            question = Confirmation(
                titre=f"Déplacer {enfant}\u00a0?",
                bouton="Déplacer",
                phrases=changement.essayer(par=compte_de(request)),
                chemin=[*_chemin(enfant), (request.get_full_path(), "Déplacer vers une autre famille")],
                envoi=request.POST,
            )
            if not question.est_donnee(request.POST):
                return question.demander(self, request)
            changement.faire(par=compte_de(request))
        except RefusPlanning as refus:
            form.add_error(None, str(refus))
            return None
        self.log_change(request, enfant, f"De {changement.de} à {changement.vers}.")
        messages.success(request, f"{enfant} est maintenant avec {changement.vers}. {question.phrases[-1]}")
        return redirect("admin:famille_enfant_change", enfant.pk)


def _chemin(enfant: Enfant) -> list[tuple[str, str]]:
    return [
        (reverse("admin:famille_enfant_changelist"), "Enfants"),
        (reverse("admin:famille_enfant_change", args=[enfant.pk]), str(enfant)),
    ]
