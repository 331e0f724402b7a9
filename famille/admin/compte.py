"""The accounts, for the direction: agents are made here, parents' accounts by the courrier."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import BaseUserCreationForm, SetPasswordMixin
from django.core.exceptions import PermissionDenied
from django.db.models import ManyToManyField, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, reverse

from famille.models import Authentificateur, Compte
from famille.second_facteur.annonce import prevenir_du_second_facteur
from socle.admin.confirmation import Confirmation
from socle.admin.droits import ChoixDeDroits
from socle.admin.pages import AvecPages
from socle.admin.recherche import RechercheParMots

from . import recherche

PROVISOIRE = "Provisoire\u00a0: la personne devra en changer à sa première connexion."


class AgentForm(BaseUserCreationForm):
    """A new agent, with a temporary password that the direction hands over."""

    password1, password2 = SetPasswordMixin.create_password_fields(
        label1="Mot de passe provisoire", label2="Le même, une seconde fois"
    )
    password2.help_text = PROVISOIRE

    class Meta:
        model = Compte
        fields = ["identifiant", "prenom", "nom", "email", "groups"]

    def set_password_and_save(
        self, user: Compte, password_field_name: str = "password1", commit: bool = True
    ) -> Compte:
        user.is_staff = True
        user.preparer_mot_de_passe_provisoire(self.cleaned_data[password_field_name])
        if commit:
            user.save()
        return user


class MotDePasseForm(SetPasswordMixin, forms.Form):
    """A temporary password for an existing account."""

    password1, password2 = SetPasswordMixin.create_password_fields(
        label1="Mot de passe provisoire", label2="Le même, une seconde fois"
    )
    password2.help_text = PROVISOIRE

    def __init__(self, user: Compte, data: QueryDict | None = None) -> None:
        self.user = user
        super().__init__(data)

    def clean(self) -> dict:
        self.validate_passwords()
        self.validate_password_for_user(self.user)
        # What Django's admin asks of the form that it is given: whether a password remains.
        return {**self.cleaned_data, "set_usable_password": True}

    def save(self) -> Compte:
        self.user.rendre_provisoire(self.cleaned_data["password1"])
        return self.user

    @property
    def changed_data(self) -> list[str]:
        return ["password"]


class RetraitDuSecondFacteur(AvecPages):
    """An agent has lost their phone: the direction takes back the second factor, after having seen who asks."""

    def get_urls(self) -> list[URLPattern]:
        return [
            self.adresse("<int:pk>/second-facteur/", self.second_facteur_view, "second_facteur"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        numero = int(object_id) if object_id.isdecimal() and len(object_id) < 10 else 0
        protege = Authentificateur.objects.filter(compte=numero).exists() and numero != request.user.pk
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "protege": protege})

    def second_facteur_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks, then takes it back. One's own is not taken back without a code."""
        compte = get_object_or_404(Compte, pk=pk)
        if compte == request.user or not self.has_change_permission(request, compte):
            raise PermissionDenied
        cle = get_object_or_404(Authentificateur, compte=compte)
        fiche = reverse("admin:famille_compte_change", args=[pk])
        question = Confirmation(
            titre="Retirer le second facteur\u00a0?",
            bouton="Retirer",
            phrases=[
                f"{compte} n’aura plus de second facteur\u00a0: ni son téléphone, ni ses codes de secours, ni ses "
                "appareils de confiance ne serviront. Si sa fonction en demande un, il sera à relier à la prochaine "
                "page.",
                "Assurez-vous d’abord que c’est bien cette personne qui le demande. Un e-mail l’en préviendra.",
            ],
            chemin=[(fiche, str(compte))],
        )
        if not question.est_donnee(request.POST):
            return question.demander(self, request)
        cle.retirer()
        prevenir_du_second_facteur(compte, "La direction a retiré le second facteur de votre compte")
        self.log_change(request, compte, "Second facteur retiré.")
        messages.success(request, f"Le second facteur de {compte} est retiré.")
        return redirect(fiche)


@admin.register(Compte)
class CompteAdmin(RetraitDuSecondFacteur, RechercheParMots, UserAdmin):
    add_form = AgentForm
    form = forms.ModelForm
    change_password_form = MotDePasseForm
    change_user_password_template = "admin/famille/compte/mot_de_passe.html"
    add_form_template = None
    list_display = ["identifiant", "personne", "is_staff", "groupes", "is_active", "last_login"]
    list_filter = ["is_staff", "is_active", "groups"]
    conseil_de_recherche = "Identifiant, nom, prénom ou numéro de famille."
    ordering = ["identifiant"]
    filter_horizontal = ["user_permissions"]
    formfield_overrides = {ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    readonly_fields = ["personne", "last_login", "cree_le", "provisoire_jusqu_au"]
    fieldsets = [
        (None, {"fields": ["identifiant", "personne", "is_active"]}),
        ("Agent", {"fields": ["prenom", "nom", "email", "is_staff", "groups"]}),
        ("Dates", {"fields": ["cree_le", "last_login", "provisoire_jusqu_au"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["identifiant", "password1", "password2"]}),
        ("Agent", {"fields": ["prenom", "nom", "email", "groups"]}),
    ]

    def trouve(self, mot: str) -> Q:
        agent = Q(identifiant__icontains=mot) | Q(prenom__icontains=mot) | Q(nom__icontains=mot)
        return agent | recherche.responsable(mot, "responsable") | recherche.famille(mot, "responsable__famille")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Compte]:
        return super().get_queryset(request).select_related("responsable").prefetch_related("groups")

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **options: object
    ) -> forms.ModelMultipleChoiceField | None:
        if db_field.name == "user_permissions":
            options["form_class"] = ChoixDeDroits
        return super().formfield_for_manytomany(db_field, request, **options)

    def get_fieldsets(self, request: HttpRequest, obj: Compte | None = None) -> list:
        droits = ("Droits étendus", {"fields": ["is_superuser", "user_permissions"], "classes": ["collapse"]})
        etendus = [droits] if obj and request.user.is_superuser else []
        return [*super().get_fieldsets(request, obj), *etendus]

    def has_change_permission(self, request: HttpRequest, obj: Compte | None = None) -> bool:
        """Only a superuser touches a superuser: who may set a password may be anyone."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Compte | None = None) -> bool:
        return self.has_change_permission(request, obj) and super().has_delete_permission(request, obj)

    @admin.display(description="personne")
    def personne(self, compte: Compte) -> str:
        responsable = getattr(compte, "responsable", None)
        return responsable.nom_complet if responsable else compte.get_full_name()

    @admin.display(description="groupes")
    def groupes(self, compte: Compte) -> str:
        return ", ".join(groupe.name for groupe in compte.groups.all())
