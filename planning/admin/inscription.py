"""The inscriptions, for agents. Each change goes through a verb, whose refusal is an error of the form."""

from datetime import date
from typing import cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget
from django.db import transaction
from django.db.models import ForeignKey, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

import francais
from famille.admin import recherche
from famille.connexion.requete import compte_de
from famille.models import Compte
from famille.noms import par_nom
from planning.admin.changement_de_famille import PageDeChangementDeFamille
from planning.admin.inscriptions_groupees import TOUTES_LES_SEMAINES, PagesDInscriptions
from planning.erreurs import RefusPlanning
from planning.models import Inscription, Prestation
from planning.models.inscription import InscriptionQuerySet
from planning.portee.ecart import Lecture
from planning.portee.jours import JoursTouches, desormais
from planning.regles.jours import UN_JOUR, Jours
from socle.admin.choix import ChoixDits, ParChoix
from socle.admin.confirmation import ConfirmeAvant
from socle.admin.filtres import Filtre
from socle.admin.formulaire import ChampsFixes, FormulairePrepare
from socle.admin.lecture import SansSuppression
from socle.admin.mise_en_page import Champs
from socle.admin.recherche import RechercheParMots


class Situation(Filtre):
    """Those in force, unless another is asked for."""

    title, parameter_name = "situation", "situation"
    defaut = "En cours et à venir"
    choix = [("regulariser", "À régulariser"), ("terminees", "Terminées"), ("toutes", "Toutes")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Inscription]) -> QuerySet[Inscription]:
        en_cours = Q(au__isnull=True) | Q(au__gte=timezone.localdate())
        match self.value():
            case "regulariser":
                return cast(InscriptionQuerySet, queryset).a_regulariser()
            case "terminees":
                return queryset.exclude(en_cours).filter(a_regulariser=False)
            case "toutes":
                return queryset
        return queryset.filter(en_cours, a_regulariser=False)


class VerbeForm(FormulairePrepare):
    """A form whose last check is the verb itself: the rules are written once. Admin's transaction undoes a refusal."""

    par: Compte
    annonce = ""  # what the verb did beyond what was typed

    class Meta:
        model = Inscription
        fields = ["enfant", "prestation", "famille", "du", "au", "jours", "parite"]

    def preparer(self) -> None:
        if "parite" in self.fields:
            cast(forms.TypedChoiceField, self.fields["parite"]).choices = TOUTES_LES_SEMAINES

    def _post_clean(self) -> None:
        # Not Django's own: it would judge the constraints before the verb has made room for them.
        if self.errors:
            return
        try:
            with transaction.atomic():
                self.instance = self.appliquer()
        except RefusPlanning as refus:
            self.add_error(None, str(refus))

    def appliquer(self) -> Inscription:
        raise NotImplementedError

    def save(self, commit: bool = True) -> Inscription:
        return self.instance

    def save_m2m(self) -> None:
        """Nothing: the verb has saved."""


class NouvelleInscriptionForm(VerbeForm):
    def appliquer(self) -> Inscription:
        return Inscription.objects.inscrire(**self.cleaned_data, par=self.par)


class InscriptionForm(VerbeForm):
    """Another end, another pattern from some day on."""

    a_compter_du = forms.DateField(
        label="Nouveau rythme à compter du",
        required=False,
        widget=AdminDateWidget,
        help_text="À remplir si vous changez les jours ou les semaines. Ce qui précède reste comme c’était.",
    )

    class Meta(VerbeForm.Meta):
        fields = ["au", "jours", "parite"]

    def clean(self) -> dict:
        super().clean()
        saisie = self.cleaned_data
        if {"jours", "parite"} & set(self.changed_data) and not saisie.get("a_compter_du"):
            self.add_error("a_compter_du", "Indiquez à partir de quel jour le rythme change.")
        return saisie

    def appliquer(self) -> Inscription:
        inscription, saisie = self.instance, self.cleaned_data
        if "au" in self.changed_data:
            self._changer_la_fin(inscription, saisie["au"])
        if {"jours", "parite"} & set(self.changed_data):
            jours, parite, jour = saisie["jours"], saisie["parite"], saisie["a_compter_du"]
            self.annonce = f"Le nouveau rythme vaut à partir du {francais.date_courte(jour)}."
            return inscription.changer_rythme(jours, parite=parite, a_compter_du=jour, par=self.par)
        return inscription

    def _changer_la_fin(self, inscription: Inscription, au: date | None) -> None:
        ancienne = inscription.au
        if au is not None and (ancienne is None or au < ancienne):
            inscription.terminer(au, par=self.par)
        elif ancienne is not None:
            # Longer is more places: a new inscription takes over, checked like any other.
            suite = francais.date_courte(ancienne + UN_JOUR)
            self.annonce = f"Une nouvelle inscription prend la suite à partir du {suite}."
            Inscription.objects.inscrire(
                inscription.enfant,
                inscription.prestation,
                inscription.famille,
                du=ancienne + UN_JOUR,
                au=au,
                jours=Jours(inscription.jours),
                parite=inscription.parite,
                par=self.par,
            )


@admin.register(Inscription)
class InscriptionAdmin(
    ConfirmeAvant[Lecture],
    ChoixDits,
    SansSuppression,
    PageDeChangementDeFamille,
    PagesDInscriptions,
    ChampsFixes,
    RechercheParMots,
):
    """None is deleted: its régulier days, unwritten, would vanish from the past. One ends it instead."""

    list_display = ["enfant", "prestation", "periode", "rythme", "dossier"]
    list_filter = [Situation, ("prestation", ParChoix), "prestation__structure"]
    list_select_related = ["enfant", "prestation", "famille"]
    conseil_de_recherche = "Nom ou prénom de l’enfant ou d’un responsable, numéro de famille."
    ordering = [*par_nom("enfant__"), "prestation", "du"]
    autocomplete_fields = ["enfant", "famille"]
    nouvelle = ["enfant", "prestation", "famille", "du", "au", "jours", "parite"]
    connue = ["enfant", "prestation", "famille", "du", "au", "jours", "parite", "a_compter_du", "creee_le", "par"]
    fixes = ["enfant", "prestation", "famille", "du", "creee_le", "par"]

    def trouve(self, mot: str) -> Q:
        return recherche.enfant(mot, "enfant") | recherche.famille(mot, "famille")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Inscription]:
        return super().get_queryset(request).prefetch_related("famille__responsables")

    def get_form(
        self, request: HttpRequest, obj: Inscription | None = None, change: bool = False, **options: object
    ) -> type[forms.ModelForm]:
        options["form"] = InscriptionForm if obj else NouvelleInscriptionForm
        form = super().get_form(request, obj, change, **options)
        cast(type[VerbeForm], form).par = compte_de(request)
        return form

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **options: object
    ) -> forms.ModelChoiceField | None:
        if db_field.name == "prestation":
            options["queryset"] = Prestation.objects.actives().select_related("structure")
        return super().formfield_for_foreignkey(db_field, request, **options)

    def get_fields(self, request: HttpRequest, obj: Inscription | None = None) -> Champs:
        if obj is None:
            return [*self.nouvelle]
        modifiable = self.has_change_permission(request, obj)
        return [champ for champ in self.connue if modifiable or champ != "a_compter_du"]

    def has_change_permission(self, request: HttpRequest, obj: Inscription | None = None) -> bool:
        # What a roll call made for a day is replaced by a real inscription, never changed.
        return super().has_change_permission(request, obj) and not (obj and obj.a_regulariser)

    def save_model(self, request: HttpRequest, obj: Inscription, form: VerbeForm, change: bool) -> None:
        if form.annonce and not self.est_un_essai:
            messages.info(request, form.annonce)

    def portee(self, ancien: Model | None, nouveau: Model | None) -> JoursTouches | None:
        """The child's days that another pattern, or another end, gives or takes."""
        if not isinstance(ancien, Inscription) or not isinstance(nouveau, Inscription):
            return None
        prestations = Prestation.objects.filter(pk=ancien.prestation_id)
        _, fin = desormais(prestations)
        return JoursTouches(
            prestations,
            [(ancien.du, fin)],
            f"L’inscription de {ancien.enfant.prenom} à «\u00a0{ancien.prestation}\u00a0» a changé.",
            famille=ancien.famille_id,
            enfant=ancien.enfant_id,
            borne=None if nouveau.au else fin,
        )

    @admin.display(description="période", ordering="du")
    def periode(self, inscription: Inscription) -> str:
        du = francais.date_courte(inscription.du)
        return f"du {du} au {francais.date_courte(inscription.au)}" if inscription.au else f"depuis le {du}"

    @admin.display(description="famille")
    def dossier(self, inscription: Inscription) -> str:
        return str(inscription.famille)

    @admin.display(description="jours réguliers", empty_value="—")
    def rythme(self, inscription: Inscription) -> str | None:
        jours = " ".join(
            nom[:2].capitalize() for nom, jour in zip(francais.JOURS, Jours, strict=True) if jour & inscription.jours
        )
        semaines = inscription.get_parite_display() if inscription.parite is not None else ""
        return ", ".join(filter(None, [jours, semaines.lower()])) or None
