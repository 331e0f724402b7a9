"""A child, as all the familles it belongs to know it."""

from datetime import date, timedelta

from django.db import models

from famille.naissance import age, naissance_passee
from famille.noms import NommesQuerySet, index_de_l_ordre, index_des_noms, par_nom
from famille.vraisemblance import nom_de_personne
from francais import date_courte
from socle.requetes.preparee import Preparee, inconnue

UN_MOIS, UN_AN = timedelta(days=30), timedelta(days=365)


class EnfantQuerySet(NommesQuerySet["Enfant"]):
    def connus(self) -> "EnfantQuerySet":
        """But those whose record was merged into another."""
        return self.filter(fondu_dans=None)

    def a_reassurer(self, le: date) -> "EnfantQuerySet":
        """Whose insurance ends within a month, or has ended for less than a year."""
        return self.connus().filter(assurance__expire_le__range=(le - UN_AN, le + UN_MOIS))

    def avec_ecole(self) -> "EnfantQuerySet":
        return self.select_related("ecole")


class Enfant(models.Model):
    """A child. Its health data live apart, in a FicheSanitaire."""

    AU_LIEU_DE_SUPPRIMER = "terminez ses inscriptions. Ce qui a été réservé et facturé reste."

    class Sexe(models.TextChoices):
        FILLE = "F", "Fille"
        GARCON = "G", "Garçon"

    class Classe(models.TextChoices):
        TPS = "TPS", "Toute petite section"
        PS = "PS", "Petite section"
        MS = "MS", "Moyenne section"
        GS = "GS", "Grande section"
        CP = "CP", "CP"
        CE1 = "CE1", "CE1"
        CE2 = "CE2", "CE2"
        CM1 = "CM1", "CM1"
        CM2 = "CM2", "CM2"
        ULIS = "ULIS", "ULIS"
        COLLEGE = "COLLEGE", "Collège"

    class Regime(models.TextChoices):
        STANDARD = "standard", "Standard"
        SANS_PORC = "sans_porc", "Sans porc"
        SANS_VIANDE = "sans_viande", "Sans viande"
        VEGETARIEN = "vegetarien", "Végétarien"
        PANIER_REPAS = "panier_repas", "Panier repas (PAI)"

    nom = models.CharField(max_length=100, validators=[nom_de_personne])
    prenom = models.CharField("prénom", max_length=100, validators=[nom_de_personne])
    sexe = models.CharField(max_length=1, choices=Sexe, blank=True)
    date_naissance = models.DateField("date de naissance", validators=[naissance_passee])
    ecole = models.ForeignKey("famille.Ecole", models.PROTECT, null=True, blank=True, verbose_name="école")
    classe = models.CharField(max_length=10, choices=Classe, blank=True)
    regime = models.CharField("régime alimentaire", max_length=20, choices=Regime, default=Regime.STANDARD)
    autorise_image = models.BooleanField("droit à l’image", default=False)
    autorise_sortie_seul = models.BooleanField("peut partir seul", default=False)
    autorise_transport = models.BooleanField("transport", default=False, help_text="En car ou en véhicule du centre.")
    autorise_hospitalisation = models.BooleanField("hospitalisation", default=False, help_text="En cas d’urgence.")

    reference = models.CharField(
        "référence externe",
        max_length=50,
        blank=True,
        default="",
        db_default="",
        help_text="Sa clé dans un autre logiciel\u00a0: l’importation le retrouve par elle.",
    )

    # This record was another child's by mistake: it is empty, and kept for the papers that name it.
    fondu_dans = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="fondues",
        verbose_name="fusionné dans",
    )

    objects = EnfantQuerySet.as_manager()

    class Meta:
        verbose_name = "enfant"
        verbose_name_plural = "enfants"
        ordering = [*par_nom(), "date_naissance"]
        permissions = [("fusionner_enfants", "Peut fusionner deux fiches d’enfant")]
        indexes = [index_de_l_ordre("enfant_ordre"), index_des_noms("enfant_noms")]
        constraints = [
            models.UniqueConstraint(
                fields=["reference"],
                condition=~models.Q(reference=""),
                name="un_enfant_par_reference",
                violation_error_message="Un autre enfant a déjà cette référence.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom_complet

    @property
    def en_choix(self) -> str:
        """« DUPONT Léa, née le 03/06/2007, CE1 (n° …) »: two of the same name are of two ages or of two familles."""
        accord = {self.Sexe.FILLE.value: "née", self.Sexe.GARCON.value: "né"}.get(self.sexe, "né(e)")
        naissance = f"{accord} le {date_courte(self.date_naissance)}"
        dits = [f"{self.nom} {self.prenom}", naissance, self.get_classe_display()]
        numeros = " et ".join(f"n°\u00a0{famille.numero}" for famille in self.familles.all())
        return f"{', '.join(filter(None, dits))} ({numeros or 'sans famille'})"

    @property
    def nom_complet(self) -> str:
        return f"{self.prenom} {self.nom}"

    def get_classe_display(self) -> str:  # type: ignore[no-redef]  # Django writes none where there is one
        """Django's own makes the table of all classes anew for each child: a roll has seventy."""
        return _CLASSES.get(self.classe, self.classe)

    def age_au(self, jour: date) -> int:
        return age(self.date_naissance, jour)


_CLASSES = {str(code): str(nom) for code, nom in Enfant.Classe.choices}
_ENFANTS = Preparee(lambda: Enfant.objects.filter(familles=inconnue("famille")))
_ECOLIERS = Preparee(lambda: Enfant.objects.avec_ecole().filter(familles=inconnue("famille")))


def enfants_de(famille: int) -> list[Enfant]:
    """Those of that famille (its key), in their order: what most pages of a parent begin by."""
    return _ENFANTS.lire(famille=famille)


def ecoliers_de(famille: int) -> list[Enfant]:
    """The same, with their schools."""
    return _ECOLIERS.lire(famille=famille)
