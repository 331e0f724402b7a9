"""Two records of one child become one: which is the other, what would move, what differs and is chosen, and done."""

from collections.abc import Iterator, Mapping

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.boundfield import BoundField, BoundWidget
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, reverse

from famille.connexion.requete import compte_de
from famille.fusion.ecarts import FONDUE, GARDE, Ecart, FusionImpossible, empreinte
from famille.fusion.enfants import DROIT, FusionDEnfants
from famille.models import Enfant, LectureConfidentielle
from francais import pluriel
from socle.admin.confirmation import Confirmation
from socle.admin.pages import AvecPages
from socle.admin.retour.renoncer import a_renonce, dire_que_rien_n_a_change

CHOIX = "choix-"


class AutreFicheForm(forms.Form):
    """Which record is the same child's. Those alike are proposed; any other is named by its number."""

    avec = forms.IntegerField(label="N° de l’autre fiche", min_value=1, max_value=2**62)

    def __init__(self, garde: Enfant, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self._garde = garde

    def clean_avec(self) -> Enfant:
        autre = Enfant.objects.connus().exclude(pk=self._garde.pk).filter(pk=self.cleaned_data["avec"]).first()
        if autre is None:
            raise forms.ValidationError("Aucune autre fiche d’enfant n’a ce numéro.")
        return autre


class CeQuiEstGarde(forms.Form):
    """One choice for each point on which the two records differ, the safest ticked."""

    def __init__(self, fusion: FusionDEnfants, ecarts: list[Ecart], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self._noms = {
            GARDE: f"Fiche n°\u00a0{fusion.garde.pk}, qui reste",
            FONDUE: f"Fiche n°\u00a0{fusion.fondue.pk}",
        }
        for ecart in ecarts:
            self.fields[f"{CHOIX}{ecart.code}"] = forms.ChoiceField(
                label=ecart.libelle[:1].upper() + ecart.libelle[1:],
                initial=ecart.defaut,
                choices=list(ecart.options.items()),
                widget=forms.RadioSelect,
            )

    def lignes(self) -> Iterator[tuple[BoundField, list[tuple[BoundWidget, str]]]]:
        """Each field, and its options with the name of the record that says so."""
        for champ in self:
            yield champ, [(option, self._noms.get(option.data["value"], "")) for option in champ]

    @property
    def choix(self) -> Mapping[str, str]:
        return {nom.removeprefix(CHOIX): option for nom, option in self.cleaned_data.items()}


class FusionDeFiches(AvecPages):
    """`<pk>/fusion/` chooses, `<pk>/fusion/?avec=12` asks in numbers and what to keep, POST does."""

    fusion_template = "admin/famille/enfant/fusion.html"
    ecarts_template = "admin/famille/enfant/fusion_ecarts.html"

    def get_urls(self) -> list[URLPattern]:
        return [self.adresse("<int:pk>/fusion/", self.fusion_view, "fusion"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        contexte = {**(extra_context or {}), "peut_fusionner": request.user.has_perm(DROIT)}
        return super().change_view(request, object_id, form_url, contexte)

    def fusion_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm(DROIT):
            raise PermissionDenied
        garde = get_object_or_404(Enfant.objects.connus().prefetch_related("familles"), pk=pk)
        form = AutreFicheForm(garde, request.GET if "avec" in request.GET else None)
        fusion = FusionDEnfants(garde, form.cleaned_data["avec"]) if form.is_valid() else None
        obstacles = fusion.obstacles(par=compte_de(request)) if fusion else []
        if a_renonce(request):
            dire_que_rien_n_a_change(request)
            return self._choisir(request, garde, form, obstacles)
        if fusion is None or obstacles:
            return self._choisir(request, garde, form, obstacles)
        ecarts = fusion.ecarts()
        gardes = CeQuiEstGarde(fusion, ecarts, request.POST if request.method == "POST" else None)
        question = self._demande(fusion, ecarts, gardes, request.POST)
        if request.method == "POST" and question.est_donnee(request.POST) and gardes.is_valid():
            return self._faire(request, fusion, gardes.choix, empreinte(ecarts))
        self._noter_la_lecture(request, fusion, ecarts)
        return question.demander(self, request)

    def _faire(self, request: HttpRequest, fusion: FusionDEnfants, choix: Mapping[str, str], vu: str) -> HttpResponse:
        try:
            messages.success(request, fusion.faire(choix, par=compte_de(request), vu=vu))
        except FusionImpossible as refus:
            messages.error(request, str(refus))
        return redirect("admin:famille_enfant_change", fusion.garde.pk)

    def _noter_la_lecture(self, request: HttpRequest, fusion: FusionDEnfants, ecarts: list[Ecart]) -> None:
        if any(ecart.est_de_sante for ecart in ecarts):
            for enfant in (fusion.garde, fusion.fondue):
                LectureConfidentielle.objects.noter(enfant, par=compte_de(request))

    def _choisir(self, request: HttpRequest, garde: Enfant, form: AutreFicheForm, obstacles: list[str]) -> HttpResponse:
        pareils = Enfant.objects.connus().homonymes(garde.nom, garde.prenom).exclude(pk=garde.pk)
        contexte = {
            "garde": garde,
            "form": form,
            "obstacles": obstacles,
            "pareils": pareils.prefetch_related("familles"),
        }
        return self.montrer_page(request, self.fusion_template, "Fusionner deux fiches", contexte)

    def _demande(
        self, fusion: FusionDEnfants, ecarts: list[Ecart], gardes: CeQuiEstGarde, envoi: QueryDict
    ) -> Confirmation:
        garde, fondue = fusion.garde, fusion.fondue
        return Confirmation(
            titre="Fusionner ces deux fiches\u00a0?",
            bouton="Fusionner",
            phrases=[
                f"Reste la fiche n°\u00a0{garde.pk}\u00a0: {garde.en_choix}.",
                f"Disparaît des listes la fiche n°\u00a0{fondue.pk}\u00a0: {fondue.en_choix}.",
                f"Ce qui passe de l’une à l’autre\u00a0: {fusion.en_nombres}.",
                "Les factures restent à leur famille, et l’histoire des deux fiches est gardée.",
                "Ce que l’une ne dit pas est complété par l’autre.",
                _a_choisir(ecarts),
                "Cela ne se défait pas.",
            ],
            chemin=[
                (reverse("admin:famille_enfant_changelist"), "Enfants"),
                (reverse("admin:famille_enfant_change", args=[garde.pk]), str(garde)),
                (reverse("admin:famille_enfant_fusion", args=[garde.pk]), "Fusionner deux fiches"),
            ],
            form=gardes,
            envoi=envoi,
            lu_aussi=empreinte(ecarts),
            gabarit=self.ecarts_template,
            contexte={"inverse": f"{reverse('admin:famille_enfant_fusion', args=[fondue.pk])}?avec={garde.pk}"},
        )


def _a_choisir(ecarts: list[Ecart]) -> str:
    if not ecarts:
        return "Pour le reste, elles disent la même chose."
    points = pluriel(len(ecarts), "point")
    return f"Elles diffèrent sur {points}\u00a0: choisissez ce qui est gardé. Le plus prudent est coché d’avance."
