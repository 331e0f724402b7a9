"""The accounts, for the direction: agents are made here, parents' accounts by the courrier."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import BaseUserCreationForm, SetPasswordMixin
from django.db.models import ManyToManyField, Q, QuerySet
from django.http import HttpRequest, QueryDict

from famille.models import Compte
from socle.admin.droits import ChoixDeDroits
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


@admin.register(Compte)
class CompteAdmin(RechercheParMots, UserAdmin):
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
