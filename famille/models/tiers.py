"""Who may, and who must not, come and fetch a child."""

from django.db import models
from phonenumber_field.modelfields import PhoneNumberField

from famille.noms import par_nom
from famille.vraisemblance import nom_de_personne


class TiersQuerySet(models.QuerySet):
    def autorises(self) -> "TiersQuerySet":
        return self.filter(statut=Tiers.Statut.AUTORISE)

    def interdits(self) -> "TiersQuerySet":
        return self.filter(statut=Tiers.Statut.INTERDIT)


class Tiers(models.Model):
    """A person authorised to fetch the child, or forbidden to (by a court, most often)."""

    class Statut(models.TextChoices):
        AUTORISE = "autorise", "Autorisé à venir chercher l’enfant"
        INTERDIT = "interdit", "Interdit de venir chercher l’enfant"

    enfant = models.ForeignKey("famille.Enfant", models.CASCADE, related_name="tiers")
    statut = models.CharField(max_length=10, choices=Statut, default=Statut.AUTORISE)
    nom = models.CharField(max_length=100, validators=[nom_de_personne])
    prenom = models.CharField("prénom", max_length=100, validators=[nom_de_personne])
    lien = models.CharField("lien avec l’enfant", max_length=50, blank=True)
    telephone = PhoneNumberField("téléphone", blank=True)

    objects = TiersQuerySet.as_manager()

    class Meta:
        verbose_name = "personne autorisée ou interdite"
        verbose_name_plural = "personnes autorisées ou interdites"
        ordering = ["enfant", "statut", *par_nom()]
        constraints = [
            models.UniqueConstraint(
                fields=["enfant", "nom", "prenom"],
                name="une_personne_une_fois_par_enfant",
                # Two people may exchange their names: whoever writes both has PostgreSQL look once both are written.
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message="Cette personne figure déjà sur la fiche de l’enfant.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prenom} {self.nom}"
