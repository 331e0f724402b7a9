"""« Mon compte »: what a famille asks about its adults, its income, its caisse and its bank."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.core.validators import RegexValidator

from demandes.erreurs import NeTientPlus
from demandes.genre.demande_deposee import DemandeDeposee
from demandes.genre.type_demande import TypeDemande
from demandes.genre.type_fiche import DateInput, TypeFiche
from demandes.valeurs.gardees import Json
from facturation.campagne.foyer.demenagement import demenagement
from facturation.campagne.foyer.quotient import RepriseDuQuotient
from famille.iban import compacter, masquer
from famille.models import InformationsBancaires, InformationsCaf, InformationsFiscales, Responsable
from famille.vraisemblance import annee_de_revenus, date_d_un_quotient, parts_fiscales

COORDONNEES = ("adresse", "code_postal", "ville", "telephone_domicile", "telephone_professionnel", "mobile", "email")
TRAVAIL = ("profession", "csp", "employeur", "adresse_employeur")
AUTORISATIONS = ("autorisation_courriel", "autorisation_sms")
# Those of the guide's table.
COLONNES = {
    "Qualité": ("qualite",),
    "Adresse": ("adresse", "code_postal", "ville"),
    "Tél. domicile": ("telephone_domicile",),
    "Tél. prof.": ("telephone_professionnel",),
    "Mobile": ("mobile",),
    "E-mail": ("email",),
    "Profession": ("profession",),
    "Employeur": ("employeur",),
    "Adresse employeur": ("adresse_employeur",),
}
LIBELLES = {
    "autorisation_courriel": "Autorisation e-mail",
    "autorisation_sms": "Autorisation SMS",
    "email": "E-mail",
}
AIDES = {
    "autorisation_courriel": "J’accepte que le centre m’écrive par e-mail.",
    "autorisation_sms": "J’accepte que le centre m’écrive par SMS.",
}


class Titulaire(TypeFiche):
    """« Informations responsable »."""

    code, titre, court = "responsable", "Modifier mes informations", "Informations responsable"
    permission = "famille.change_responsable"
    gardes, raison_des_gardes = (
        frozenset({"email"}),
        "Si vous changez l’adresse e-mail, redites votre mot de passe.",
    )
    colonnes = COLONNES
    groupes = {
        "Identité": ("civilite", "nom", "prenom", "qualite", "situation"),
        "Coordonnées": COORDONNEES,
        "Travail": TRAVAIL,
        "Autorisations": AUTORISATIONS,
    }
    # WCAG 1.3.5: the browser may fill in what is one's own.
    remplissage = {
        "nom": "family-name",
        "prenom": "given-name",
        "adresse": "street-address",
        "code_postal": "postal-code",
        "ville": "address-level2",
        "telephone_domicile": "home tel",
        "telephone_professionnel": "work tel",
        "mobile": "mobile tel",
        "email": "email",
        "profession": "organization-title",
        "employeur": "organization",
    }

    class Meta:
        model = Responsable
        fields = ["civilite", "nom", "prenom", "qualite", "situation", *COORDONNEES, *TRAVAIL, *AUTORISATIONS]
        labels, help_texts = LIBELLES, AIDES

    def fiche(self) -> Responsable:
        titulaire = self.lire(self.famille.responsables.filter(role=self.role))
        return titulaire or Responsable(famille=self.famille, role=self.role)

    def a_confirmer(self, demande: DemandeDeposee, sauf: Iterable[str]) -> list[str]:
        """Moving into the town, or out of it, changes what is billed from now on."""
        fiche, ville = self.fiche(), str(demande.donnees.get("ville") or "")
        portee = demenagement(self.famille.pk, fiche.ville, ville) if "ville" in demande.donnees else None
        return portee.si(lambda: Responsable.objects.filter(pk=fiche.pk).update(ville=ville)) if portee else []

    def ajouter_champs(self) -> None:
        for nom, remplissage in self.remplissage.items():
            self.fields[nom].widget.attrs["autocomplete"] = remplissage


class Conjoint(TypeFiche):
    """« Informations conjoint »: the one there is, or a new one."""

    code, titre, court = "conjoint", "Modifier les informations du conjoint", "Informations conjoint"
    permission = "famille.change_responsable"
    role = Responsable.Role.CONJOINT
    gardes, raison_des_gardes = (
        frozenset({"email"}),
        "Si vous changez l’adresse e-mail, redites votre mot de passe.",
    )
    colonnes = COLONNES
    aide = "Si aucun conjoint n’est déclaré, remplissez sa fiche\u00a0: le centre l’ajoutera à votre dossier."
    groupes = {
        "Identité": ("civilite", "nom", "prenom", "qualite"),
        "Coordonnées": COORDONNEES,
        "Travail": TRAVAIL,
        "Autorisations": AUTORISATIONS,
    }

    class Meta:
        model = Responsable
        fields = ["civilite", "nom", "prenom", "qualite", *COORDONNEES, *TRAVAIL, *AUTORISATIONS]
        labels = LIBELLES

    def fiche(self) -> Responsable:
        conjoint = self.lire(self.famille.responsables.filter(role=self.role))
        return conjoint or Responsable(famille=self.famille, role=self.role)

    def appliquer(self, demande: DemandeDeposee) -> None:
        # Asked of somebody who has left the dossier since: what remains of it names nobody.
        if not self.instance.nom or not self.instance.prenom:
            raise NeTientPlus("Ce conjoint ne figure plus au dossier.")
        super().appliquer(demande)


def _annee_de_revenus(texte: str) -> None:
    if texte.isdecimal():
        annee_de_revenus(int(texte))


class Fiscales(TypeDemande):
    """« Informations fiscales »: the tax notice of a year, new or corrected."""

    code, titre, court = "fiscales", "Modifier mes informations fiscales", "Informations fiscales"
    permission = "famille.change_informationsfiscales"
    pieces_attendues = "Joignez votre avis d’impôt sur les revenus de l’année indiquée."
    solidaires = (frozenset({"annee", "revenu_fiscal_reference", "parts"}),)

    annee = forms.CharField(
        label="Année des revenus",
        validators=[RegexValidator(r"^20\d\d$", "Indiquez une année, par exemple 2014."), _annee_de_revenus],
        help_text="Celle de l’avis d’impôt\u00a0: «\u00a0impôt sur les revenus de l’année…\u00a0».",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    revenu_fiscal_reference = forms.IntegerField(
        label="Revenu fiscal de référence", min_value=0, max_value=9_999_999, help_text="En euros entiers."
    )
    parts = forms.DecimalField(
        label="Nombre de parts",
        min_value=1,
        max_digits=4,
        decimal_places=2,
        help_text="Par exemple 2,5.",
        localize=True,
        validators=[parts_fiscales],
    )

    def depuis(self) -> dict[str, object]:
        dernieres = self.famille.informations_fiscales.first()
        return self._valeurs(dernieres) if dernieres else {}

    def appliquer(self, demande: DemandeDeposee) -> None:
        valeurs = dict(self.cleaned_data)
        annee = int(valeurs.pop("annee"))
        self.famille.informations_fiscales.update_or_create(annee=annee, defaults=valeurs)

    @staticmethod
    def _valeurs(avis: InformationsFiscales) -> dict[str, object]:
        return {"annee": str(avis.annee), "revenu_fiscal_reference": avis.revenu_fiscal_reference, "parts": avis.parts}


class Caf(TypeFiche):
    """« Informations CAF »: the allocataire number, and a new quotient familial."""

    code, titre, court = "caf", "Modifier mes informations CAF", "Informations CAF"
    permission = "famille.change_informationscaf"
    pieces_attendues = "Joignez l’attestation de quotient familial de votre caisse."
    solidaires = (frozenset({"quotient", "date_effet"}),)

    quotient = forms.IntegerField(
        label="Quotient familial",
        min_value=0,
        max_value=99_999,
        required=False,
        help_text="En euros, comme sur l’attestation.",
    )
    date_effet = forms.DateField(
        label="À compter du",
        required=False,
        widget=DateInput,
        help_text="La date de l’attestation.",
        validators=[date_d_un_quotient],
    )

    class Meta:
        model = InformationsCaf
        fields = ["numero_allocataire", "regime"]

    def fiche(self) -> InformationsCaf:
        return self.lire(InformationsCaf.objects.filter(famille=self.famille)) or InformationsCaf(famille=self.famille)

    def depuis(self) -> dict[str, object]:
        qf = self.famille.quotients.first()
        return {"quotient": qf.valeur, "date_effet": qf.date_effet} if qf else {}

    def clean(self) -> dict[str, object]:
        super().clean()
        propres = self.cleaned_data
        for donne, manque in (("quotient", "date_effet"), ("date_effet", "quotient")):
            # One that is wrong is not missing: its own sentence is enough.
            manquant = propres.get(manque) is None and manque not in self.errors
            if manquant and donne in self.fields and propres.get(donne) is not None:
                self.add_error(manque, "Le quotient familial et sa date vont ensemble.")
        return propres

    def a_confirmer(self, demande: DemandeDeposee, sauf: Iterable[str]) -> list[str]:
        """A quotient prices the days from its date on, those already billed too."""
        effet, valeur = demande.donnees.get("date_effet"), demande.donnees.get("quotient")
        if not effet or valeur is None:
            return []
        jour = date.fromisoformat(str(effet))
        return RepriseDuQuotient(self.famille.pk, jour).si(lambda: self._prendre_effet(jour, int(str(valeur))))

    def appliquer(self, demande: DemandeDeposee) -> None:
        super().appliquer(demande)
        if self.cleaned_data.get("date_effet"):
            self._prendre_effet(self.cleaned_data["date_effet"], self.cleaned_data["quotient"])

    def _prendre_effet(self, le: date, valeur: int) -> None:
        self.famille.quotients.update_or_create(date_effet=le, defaults={"valeur": valeur})


class Bancaires(TypeFiche):
    """« Informations bancaires ». All of it is encrypted; the IBAN is read masked."""

    code, titre, court = "bancaires", "Modifier mes informations bancaires", "Informations bancaires"
    pieces_attendues = "Joignez votre relevé d’identité bancaire (RIB)."
    permission = "famille.change_informationsbancaires"
    secrets = frozenset({"titulaire", "banque", "iban", "bic"})
    lu_au_journal = True
    gardes = frozenset({"titulaire", "banque", "iban", "bic"})
    raison_des_gardes = "Pour changer des coordonnées bancaires, redites votre mot de passe."

    class Meta:
        model = InformationsBancaires
        fields = ["titulaire", "banque", "iban", "bic"]
        widgets = {"iban": forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "size": 34})}

    def fiche(self) -> InformationsBancaires:
        compte = self.lire(InformationsBancaires.objects.filter(famille=self.famille))
        return compte or InformationsBancaires(famille=self.famille)

    def montrer(self, nom: str, valeur: Json) -> str:
        """Whole in the field where it is typed, masked wherever it is read."""
        return masquer(str(valeur or "")) if nom == "iban" else super().montrer(nom, valeur)

    def clean_iban(self) -> str:
        return compacter(self.cleaned_data["iban"])

    def clean_bic(self) -> str:
        return compacter(self.cleaned_data["bic"])
