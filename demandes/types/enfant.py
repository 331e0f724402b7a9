"""« Mes enfants »: a new child, and what changes on the record of one."""

from collections.abc import Mapping
from datetime import date

from django import forms

from demandes.genre.demande_deposee import DemandeDeposee
from demandes.genre.onglet import MES_ENFANTS
from demandes.genre.type_fiche import DateInput, TypeFiche
from famille.models import Assurance as AssuranceDeLEnfant
from famille.models import Enfant, Rattachement, Responsable
from famille.vraisemblance import arrivee_a_venir, encore_valable


class AjouterEnfant(TypeFiche):
    """A child who will come to the centre. Tied to the famille at acceptance; bookings come later."""

    code, titre, court = "ajouter-enfant", "Ajouter un enfant", "Ajout d’un enfant"
    onglet, sur_enfant = MES_ENFANTS, False
    permission = "famille.add_enfant"
    consigne = "Remplissez la fiche de votre enfant"
    aide = "Le centre vous contactera pour remplir les fiches d’inscription."
    pieces_attendues = "Joignez si possible une copie du livret de famille et un justificatif de domicile."
    groupes = {
        "L’enfant": ("prenom", "nom", "sexe", "date_naissance"),
        "Sa scolarité": ("ecole", "classe"),
        "Ce que vous souhaitez": ("arrivee_souhaitee", "activites"),
    }

    arrivee_souhaitee = forms.DateField(label="À partir du", required=False, widget=DateInput)
    activites = forms.CharField(
        label="Activités souhaitées",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Par exemple\u00a0: garderie du matin, restauration scolaire, mercredis, vacances.",
    )

    class Meta:
        model = Enfant
        fields = ["prenom", "nom", "sexe", "date_naissance", "ecole", "classe"]
        widgets = {"date_naissance": DateInput}

    def fiche(self) -> Enfant:
        return Enfant()

    def clean_arrivee_souhaitee(self) -> date | None:
        """Judged when it is asked: it may be past when the centre accepts."""
        jour = self.cleaned_data["arrivee_souhaitee"]
        if jour and not self.verrou:
            arrivee_a_venir(jour)
        return jour

    def appliquer(self, demande: DemandeDeposee) -> None:
        Rattachement.objects.create(famille=self.famille, enfant=self.save())

    def mises_en_garde(self, demande: DemandeDeposee) -> list[str]:
        """A garde alternée: the other household may have made this child known already."""
        memes = (
            Enfant.objects.connus()
            .homonymes(demande.donnees["nom"], demande.donnees["prenom"])
            .filter(date_naissance=demande.donnees["date_naissance"])
        )
        return [
            f"{enfant}, né·e le même jour, est déjà connu du centre (fiche n°\u00a0{enfant.pk})\u00a0: s’il s’agit "
            "du même enfant, refusez et rattachez-le à cette famille depuis sa fiche."
            for enfant in memes
        ]

    @classmethod
    def concerne(cls, demande: DemandeDeposee, responsables: Mapping[str, Responsable]) -> str:
        """The child that the centre does not know yet."""
        return str(demande.donnees.get("prenom", ""))


class TypeEnfant(TypeFiche):
    """A kind that changes the child's own row."""

    onglet = MES_ENFANTS
    permission = "famille.change_enfant"

    def fiche(self) -> Enfant:
        enfant = self.enfant_concerne
        return self.lire(Enfant.objects.filter(pk=enfant.pk)) or enfant


class Identite(TypeEnfant):
    code, titre, court = "identite", "Modifier son identité et sa scolarité", "Identité et scolarité"

    class Meta:
        model = Enfant
        fields = ["nom", "prenom", "sexe", "date_naissance", "ecole", "classe"]
        widgets = {"date_naissance": DateInput}


class Regime(TypeEnfant):
    code, titre, court = "regime", "Modifier son régime alimentaire", "Régime alimentaire"

    class Meta:
        model = Enfant
        fields = ["regime"]

    @classmethod
    def est_de_sante(cls) -> bool:
        """« Panier repas (PAI) » says that there is an allergy."""
        return True


class Autorisations(TypeEnfant):
    code, titre, court = "autorisations", "Modifier ses autorisations", "Autorisations"

    class Meta:
        model = Enfant
        fields = ["autorise_image", "autorise_sortie_seul", "autorise_transport", "autorise_hospitalisation"]
        labels = {
            "autorise_image": "Droit à l’image",
            "autorise_sortie_seul": "Peut partir seul",
            "autorise_transport": "Transport en car ou en véhicule du centre",
            "autorise_hospitalisation": "Hospitalisation en cas d’urgence",
        }
        help_texts = dict.fromkeys(("autorise_transport", "autorise_hospitalisation"), "")


class Assurance(TypeFiche):
    code, titre, court = "assurance", "Transmettre son assurance", "Assurance"
    onglet = MES_ENFANTS
    permission = "famille.change_assurance"
    pieces_attendues = "Joignez l’attestation d’assurance de l’année scolaire."

    class Meta:
        model = AssuranceDeLEnfant
        fields = ["compagnie", "numero_contrat", "expire_le"]
        labels = {"expire_le": "Valable jusqu’au"}
        widgets = {"expire_le": DateInput}

    def fiche(self) -> AssuranceDeLEnfant:
        assurances = AssuranceDeLEnfant.objects.filter(enfant=self.enfant)
        return self.lire(assurances) or AssuranceDeLEnfant(enfant=self.enfant)

    def clean_expire_le(self) -> date:
        """One that has ended since may be sent again as it is, with another change."""
        jour = self.cleaned_data["expire_le"]
        if jour != self.initial.get("expire_le"):
            encore_valable(jour)
        return jour
