"""An adult of a famille: its titulaire, or the conjoint."""

from typing import Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.text import slugify
from phonenumber_field.modelfields import PhoneNumberField

from famille.noms import NommesQuerySet, index_de_l_ordre, index_des_noms
from famille.vraisemblance import nom_de_personne, nom_de_ville
from francais.mots import decomposer
from socle.requetes.preparee import Preparee, inconnue

from .adresse import AvecAdresse
from .compte import Compte


class AccesImpossible(Exception):
    """No password may be printed for this person: says why, in one sentence."""


class ResponsableQuerySet(NommesQuerySet["Responsable"]):
    def joignables_au(self, chiffres: str) -> Self:
        """Of whom a telephone has these digits, the 0 or the +33 before them left out. Compares every row."""
        colonnes = ("mobile", "telephone_domicile", "telephone_professionnel")
        telephones = [Cast(colonne, models.TextField()) for colonne in colonnes]
        ensemble = Concat(telephones[0], _BLANC, telephones[1], _BLANC, telephones[2])
        return self.alias(telephones=ensemble).filter(telephones__contains=chiffres)

    def ecrits_a(self, debut: str) -> Self:
        """Whose e-mail address begins so, whatever the capitals. Compares every row."""
        return self.filter(email__istartswith=debut)


_BLANC = models.Value(" ", output_field=models.TextField())
code_postal_francais = RegexValidator(r"^\d{5}$", "Un code postal compte 5 chiffres.")


class Responsable(AvecAdresse):
    """An adult of a famille. May have a login of their own."""

    AU_LIEU_DE_SUPPRIMER = (
        "une famille garde son titulaire. Depuis la fiche de la famille, donnez d’abord ce rôle à l’autre adulte, ou "
        "remplacez ce nom."
    )

    class Role(models.TextChoices):
        TITULAIRE = "titulaire", "Titulaire"
        CONJOINT = "conjoint", "Conjoint"

    class Civilite(models.TextChoices):
        MONSIEUR = "M", "Monsieur"
        MADAME = "MME", "Madame"

    class Qualite(models.TextChoices):
        PERE = "pere", "Père"
        MERE = "mere", "Mère"
        BEAU_PERE = "beau_pere", "Beau-père"
        BELLE_MERE = "belle_mere", "Belle-mère"
        GRAND_PARENT = "grand_parent", "Grand-parent"
        TUTEUR = "tuteur", "Tuteur légal"
        FAMILLE_ACCUEIL = "famille_accueil", "Famille d’accueil"
        AUTRE = "autre", "Autre"

    class Situation(models.TextChoices):
        CELIBATAIRE = "celibataire", "Célibataire"
        MARIE = "marie", "Marié(e)"
        PACSE = "pacse", "Pacsé(e)"
        UNION_LIBRE = "union_libre", "En union libre"
        SEPARE = "separe", "Séparé(e)"
        DIVORCE = "divorce", "Divorcé(e)"
        VEUF = "veuf", "Veuf ou veuve"

    class Csp(models.TextChoices):
        """Groups of Insee's PCS 2020."""

        AGRICULTEUR = "1", "Agriculteurs exploitants"
        INDEPENDANT = "2", "Artisans, commerçants, chefs d’entreprise"
        CADRE = "3", "Cadres et professions intellectuelles supérieures"
        INTERMEDIAIRE = "4", "Professions intermédiaires"
        EMPLOYE = "5", "Employés"
        OUVRIER = "6", "Ouvriers"
        RETRAITE = "7", "Retraités"
        SANS_ACTIVITE = "8", "Sans activité professionnelle"

    famille = models.ForeignKey("famille.Famille", models.CASCADE, related_name="responsables")
    role = models.CharField("rôle", max_length=10, choices=Role, default=Role.TITULAIRE)
    compte = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="responsable"
    )
    civilite = models.CharField("civilité", max_length=3, choices=Civilite, blank=True)
    nom = models.CharField(max_length=100, validators=[nom_de_personne])
    prenom = models.CharField("prénom", max_length=100, validators=[nom_de_personne])
    qualite = models.CharField("qualité", max_length=20, choices=Qualite, blank=True)
    situation = models.CharField("situation", max_length=20, choices=Situation, blank=True)
    adresse = models.CharField(max_length=200, blank=True)
    code_postal = models.CharField("code postal", max_length=5, blank=True, validators=[code_postal_francais])
    ville = models.CharField(max_length=100, blank=True, validators=[nom_de_ville])
    telephone_domicile = PhoneNumberField("téléphone domicile", blank=True)
    telephone_professionnel = PhoneNumberField("téléphone prof.", blank=True)
    mobile = PhoneNumberField("mobile", blank=True)
    email = models.EmailField("e-mail", blank=True)
    profession = models.CharField(max_length=100, blank=True)
    csp = models.CharField("CSP", max_length=1, choices=Csp, blank=True)
    employeur = models.CharField(max_length=100, blank=True)
    adresse_employeur = models.CharField("adresse employeur", max_length=200, blank=True)
    autorisation_courriel = models.BooleanField("autorisation e-mail", default=False)
    autorisation_sms = models.BooleanField("autorisation SMS", default=False)
    # None: never asked how to be told. The portal asks at the next login.
    contact_choisi_le = models.DateTimeField("choix de contact le", null=True, blank=True, editable=False)

    objects = ResponsableQuerySet.as_manager()

    class Meta:
        verbose_name = "responsable"
        verbose_name_plural = "responsables"
        # « titulaire » after « conjoint » in the alphabet: the titulaire comes first.
        ordering = ["famille", "-role"]
        permissions = [("ouvrir_acces", "Peut ouvrir un accès et en imprimer le courrier")]
        indexes = [index_de_l_ordre("responsable_ordre"), index_des_noms("responsable_noms")]
        constraints = [
            models.UniqueConstraint(
                fields=["famille", "role"],
                name="un_responsable_par_role",
                violation_error_message="Une famille a un seul titulaire et au plus un conjoint.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom_complet

    @property
    def nom_complet(self) -> str:
        return f"{self.prenom} {self.nom}"

    @property
    def est_titulaire(self) -> bool:
        return self.role == self.Role.TITULAIRE

    @property
    def ouvre_un_compte(self) -> bool:
        return self.compte_id is not None

    @property
    def dossier(self) -> int | None:
        return self.famille_id

    def choisir_contact(self, *, courriel: bool, sms: bool) -> None:
        """How this person wishes to be told what is information. Service does not depend on it."""
        self.autorisation_courriel, self.autorisation_sms = courriel, sms
        self.contact_choisi_le = timezone.now()
        self.save(update_fields=["autorisation_courriel", "autorisation_sms", "contact_choisi_le"])

    @property
    def situation_accordee(self) -> str:
        """« Séparé » or « Séparée », by the civilité."""
        if self.situation == self.Situation.VEUF and self.civilite:
            return "Veuve" if self.civilite == self.Civilite.MADAME else "Veuf"
        accords: dict[str, str] = {self.Civilite.MADAME: "e", self.Civilite.MONSIEUR: ""}
        accord = accords.get(self.civilite, "(e)")
        return self.get_situation_display().replace("(e)", accord)

    @property
    def obstacle_a_l_acces(self) -> str:
        """Why no password may be printed for this person, in one sentence; empty if nothing prevents it."""
        if self.compte is None:
            return ""
        if self.compte.is_staff:
            # Whoever prints the parents' letters would hold the key of the agents' accounts.
            return f"Le compte de {self.nom_complet} est aussi celui d’un agent\u00a0: voyez la direction."
        if not self.compte.is_active:
            return f"Le compte de {self.nom_complet} est fermé\u00a0: rouvrez-le avant d’en imprimer le courrier."
        return ""

    @transaction.atomic
    def ouvrir_acces(self) -> str:
        """Give a login with a temporary password, or a new temporary password if there is a login already.

        Returns the password, which is stored nowhere: it is for the courrier only. Raises AccesImpossible.
        """
        responsable = Responsable.objects.select_for_update().get(pk=self.pk)
        if responsable.obstacle_a_l_acces:
            raise AccesImpossible(responsable.obstacle_a_l_acces)
        if responsable.compte is None:
            responsable.compte = responsable._creer_compte()
            responsable.save(update_fields=["compte"])
        self.compte = responsable.compte
        return self.compte.attribuer_mot_de_passe_provisoire()

    def _creer_compte(self) -> Compte:
        while True:
            try:
                with transaction.atomic():
                    return Compte.objects.create_user(self._identifiant_libre())
            except IntegrityError:  # a namesake has just taken it
                continue

    def _identifiant_libre(self) -> str:
        """« jean.dupont », then « jean.dupont2 »…: readable on a letter."""
        base = f"{slugify(decomposer(self.prenom))}.{slugify(decomposer(self.nom))}".strip(".")[:90] or "famille"
        pris = set(Compte.objects.filter(identifiant__startswith=base).values_list("identifiant", flat=True))
        return next(nom for n in range(1, len(pris) + 2) if (nom := base if n == 1 else f"{base}{n}") not in pris)


_RESPONSABLES = Preparee(lambda: Responsable.objects.filter(famille=inconnue("famille")))


def responsables_de(famille: int) -> list[Responsable]:
    """Those of that famille (its key), in their order."""
    return _RESPONSABLES.lire(famille=famille)
