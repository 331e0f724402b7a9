"""The responsables, for agents."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime

import francais
from famille.models import Compte, Responsable
from famille.noms import par_nom
from socle.admin.choix import ChoixDits
from socle.admin.filtres import Filtre
from socle.admin.formulaire import ChampsFixes
from socle.admin.mise_en_page import Champs
from socle.admin.recherche import RechercheParMots
from socle.admin.semblables import DemandeSiPareil, Doute
from socle.admin.tableau import TELEPHONES, LignesDeLaFiche

from . import recherche
from .acces import OuvertureDesAcces
from .semblables import adultes_identifies, doutes_sur_des_adultes

IDENTITE = ["role", "civilite", "nom", "prenom", "qualite", "situation"]
COORDONNEES: Champs = [
    "adresse",
    ("code_postal", "ville"),
    ("telephone_domicile", "telephone_professionnel", "mobile"),
    "email",
    ("autorisation_courriel", "autorisation_sms"),
]
TRAVAIL: Champs = ["profession", "csp", "employeur", "adresse_employeur"]


class Couple(LignesDeLaFiche):
    """One titulaire, at most one conjoint: a form that is added proposes the role that is free."""

    def get_form_kwargs(self, index: int | None) -> dict[str, object]:
        """None is the form that the page copies for each one that is added."""
        options = super().get_form_kwargs(index)
        rang = (self.total_form_count() if index is None else index) - self.initial_form_count()
        return options if rang < 0 else {**options, "initial": {"role": self._role_libre(rang)}}

    def _role_libre(self, rang: int) -> str:
        pris = {responsable.role for responsable in self.get_queryset()}
        libres = [role for role in Responsable.Role.values if role not in pris] or [Responsable.Role.CONJOINT.value]
        return libres[min(rang, len(libres) - 1)]

    def clean(self) -> None:
        super().clean()
        roles = {role for form in self.forms if (role := self._role(form))}
        connue = bool(roles) or any(responsable.est_titulaire for responsable in self.get_queryset())
        if connue and Responsable.Role.TITULAIRE not in roles and not any(self.errors):
            raise ValidationError(
                "Une famille garde un titulaire\u00a0: choisissez «\u00a0Titulaire\u00a0» pour un de ses adultes."
            )

    def save(self, commit: bool = True) -> list:
        """Of two who exchange their roles, the second steps aside: PostgreSQL judges each row as it is written."""
        if commit:
            changent = [form.instance.pk for form in self.initial_forms if "role" in form.changed_data]
            Responsable.objects.filter(pk__in=changent[1:]).update(role="")
        return super().save(commit)

    def _role(self, form: ModelForm) -> str:
        """That which it will have once saved. A form that does not hold, or that nobody has filled in, has none."""
        saisie = getattr(form, "cleaned_data", {})
        return "" if saisie.get("DELETE") else saisie.get("role", "")

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        return (
            "Une famille a un seul titulaire et au plus un conjoint\u00a0: "
            "choisissez «\u00a0Conjoint\u00a0» pour l’un des deux."
        )


class ResponsableInline(admin.StackedInline):
    model = Responsable
    formset = Couple
    extra = 0
    min_num = 1
    max_num = 2
    show_change_link = True
    formfield_overrides = TELEPHONES
    fieldsets = [
        (None, {"fields": [("role", "civilite"), ("nom", "prenom"), ("qualite", "situation")]}),
        ("Coordonnées", {"fields": COORDONNEES}),
        ("Travail", {"fields": TRAVAIL, "classes": ["collapse"]}),
    ]


class AvecAcces(Filtre):
    """Who has received an access."""

    title, parameter_name = "accès au portail", "acces"
    choix = [("ouvert", "Ouvert"), ("provisoire", "Jamais utilisé"), ("aucun", "Pas encore ouvert")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Responsable]) -> QuerySet[Responsable]:
        filtres = {
            "ouvert": {"compte__isnull": False},
            "provisoire": {"compte__isnull": False, "compte__last_login__isnull": True},
            "aucun": {"compte__isnull": True},
        }
        return queryset.filter(**filtres.get(self.value() or "", {}))


@admin.register(Responsable)
class ResponsableAdmin(DemandeSiPareil, OuvertureDesAcces, ChoixDits, ChampsFixes, RechercheParMots):
    list_display = ["nom", "prenom", "role", "numero", "telephone", "identifiant", "email"]
    list_display_links = ["nom", "prenom"]
    list_filter = [AvecAcces, "role"]
    list_select_related = ["famille", "compte"]
    conseil_de_recherche = "Nom, prénom, numéro de famille, enfant, adresse e-mail ou identifiant."
    ordering = par_nom()
    autocomplete_fields = ["famille"]
    # Roles change together, on the page of the famille.
    fixes = ["famille", "role"]
    formfield_overrides = TELEPHONES
    fieldsets = [
        (None, {"fields": ["famille", *IDENTITE]}),
        ("Coordonnées", {"fields": COORDONNEES}),
        ("Travail", {"fields": TRAVAIL}),
        ("Accès au portail", {"fields": ["identifiant", "etat_de_l_acces"]}),
    ]
    readonly_fields = ["identifiant", "etat_de_l_acces"]

    def trouve(self, mot: str) -> Q:
        comptes = Compte.objects.filter(identifiant__icontains=mot).values("pk")
        famille = recherche.famille_de_l_enfant(mot, "famille") | recherche.famille_numerotee(mot, "famille")
        return recherche.responsable(mot) | famille | Q(email__icontains=mot) | Q(compte__in=comptes)

    def identites(self, objet: Model) -> set:
        return adultes_identifies([cast(Responsable, objet)])

    def doutes(self, request: HttpRequest, objet: Model, nouvelles: set) -> list[Doute]:
        return doutes_sur_des_adultes([cast(Responsable, objet)], nouvelles)

    def get_deleted_objects(
        self, objs: Sequence[Responsable] | QuerySet[Responsable], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """The famille holds its titulaire back."""
        supprimes, comptes, droits, retenus = super().get_deleted_objects(objs, request)
        familles = [f"famille {responsable.famille.numero}" for responsable in objs if responsable.est_titulaire]
        return supprimes, comptes, droits, [*retenus, *familles]

    def get_fieldsets(self, request: HttpRequest, obj: Responsable | None = None) -> list:
        return self.fieldsets if obj else self.fieldsets[:-1]

    @admin.display(description="N° famille", ordering="famille__numero")
    def numero(self, responsable: Responsable) -> str:
        return responsable.famille.numero

    @admin.display(description="téléphone")
    def telephone(self, responsable: Responsable) -> str:
        numero = responsable.mobile or responsable.telephone_domicile
        return francais.telephone(numero) if numero else ""

    @admin.display(description="identifiant", ordering="compte__identifiant", empty_value="—")
    def identifiant(self, responsable: Responsable) -> str | None:
        return responsable.compte.identifiant if responsable.compte else None

    @admin.display(description="accès")
    def etat_de_l_acces(self, responsable: Responsable) -> str:
        compte = responsable.compte
        if compte is None:
            return "Pas encore ouvert"
        if not compte.is_active:
            return "Fermé"
        if compte.provisoire_jusqu_au:
            return f"Mot de passe provisoire, valable jusqu’au {_jour(compte.provisoire_jusqu_au)}"
        return f"Dernière connexion le {_jour(compte.last_login)}" if compte.last_login else "Ouvert"


def _jour(moment: datetime) -> str:
    return date_format(localtime(moment), "j F Y")
