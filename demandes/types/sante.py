"""A child's health: encrypted in the request as on the record, and decided only by who may write it."""

from datetime import date

from django import forms
from django.db.models import QuerySet

from demandes.genre.onglet import MES_ENFANTS
from demandes.genre.type_fiche import DateInput, TypeFiche
from demandes.genre.type_liste import TypeListe
from famille.models import FicheSanitaire, Vaccination

PERMISSION = "famille.change_fichesanitaire"
COURT = forms.TextInput
LONG = forms.Textarea(attrs={"rows": 3})


class TypeSante(TypeFiche):
    """A kind that changes the health record."""

    onglet = MES_ENFANTS
    permission, confidentiel = PERMISSION, True

    def fiche(self) -> FicheSanitaire:
        return self.lire(FicheSanitaire.objects.filter(enfant=self.enfant)) or FicheSanitaire(enfant=self.enfant)


class Medecin(TypeSante):
    code, titre, court = "medecin", "Modifier son médecin", "Médecin"

    class Meta:
        model = FicheSanitaire
        fields = ["medecin_nom", "medecin_telephone", "medecin_adresse"]
        widgets = {
            "medecin_nom": COURT,
            "medecin_telephone": forms.TextInput(attrs={"type": "tel"}),
            "medecin_adresse": COURT,
        }


class Sanitaires(TypeSante):
    code, titre, court = "sanitaires", "Modifier ses données sanitaires", "Données sanitaires"
    pieces_attendues = "Pour un PAI ou un traitement, joignez le protocole ou l’ordonnance."

    class Meta:
        model = FicheSanitaire
        fields = ["allergies", "pai", "traitement", "lunettes", "appareils", "observations"]
        widgets = {
            "allergies": LONG,
            "pai": LONG,
            "traitement": LONG,
            "lunettes": COURT,
            "appareils": COURT,
            "observations": LONG,
        }


class Vaccins(TypeListe[Vaccination]):
    """The vaccines received: add, change, remove."""

    code, titre, court = "vaccins", "Modifier ses vaccins", "Vaccins"
    onglet = MES_ENFANTS
    permission, confidentiel = PERMISSION, True
    pieces_attendues = "Joignez la page des vaccinations du carnet de santé."
    modele, champs, essentiels = Vaccination, ("vaccin", "date"), ("vaccin",)
    nouvelle, exclus = "Vaccin à ajouter", frozenset({"fiche"})
    widgets = {"vaccin": COURT, "date": DateInput}

    def clean(self) -> dict[str, object]:
        propres = super().clean()
        naissance = self.enfant_concerne.date_naissance
        for nom, jour in list(propres.items()):
            if isinstance(jour, date) and jour < naissance:
                self.add_error(nom, "Cette date précède la naissance de l’enfant.")
        return propres

    def lignes(self) -> QuerySet[Vaccination]:
        return Vaccination.objects.filter(fiche__enfant=self.enfant)

    def creer(self) -> Vaccination:
        return Vaccination()

    def enregistrer(self, ligne: Vaccination) -> None:
        if ligne.fiche_id is None:
            ligne.fiche, _ = FicheSanitaire.objects.get_or_create(enfant=self.enfant)
        ligne.save()
