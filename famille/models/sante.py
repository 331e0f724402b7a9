"""A child's health record: encrypted, apart from the rest, and every reading by an agent is kept."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from socle.chiffrement import DateChiffree, TexteChiffre

from .compte import Compte
from .enfant import Enfant


class FicheSanitaire(models.Model):
    """What the staff must know to look after a child. An absent row means that nothing was declared."""

    enfant = models.OneToOneField("famille.Enfant", models.CASCADE, related_name="fiche_sanitaire")
    medecin_nom = TexteChiffre("médecin traitant", blank=True)
    medecin_telephone = TexteChiffre("téléphone du médecin", blank=True)
    medecin_adresse = TexteChiffre("adresse du médecin", blank=True)
    allergies = TexteChiffre(blank=True)
    pai = TexteChiffre(
        "PAI", blank=True, help_text="Projet d’accueil individualisé\u00a0: date, motif, conduite à tenir."
    )
    traitement = TexteChiffre("traitement en cours", blank=True)
    lunettes = TexteChiffre("port de lunettes", blank=True)
    appareils = TexteChiffre("appareils (dentaire, auditif…)", blank=True)
    observations = TexteChiffre(blank=True)

    class Meta:
        verbose_name = "fiche sanitaire"
        verbose_name_plural = "fiches sanitaires"
        ordering = ["enfant"]

    def __str__(self) -> str:
        return f"Fiche sanitaire de {self.enfant}"


class Vaccination(models.Model):
    """A vaccine received: which, and when last."""

    fiche = models.ForeignKey(FicheSanitaire, models.CASCADE, related_name="vaccinations")
    vaccin = TexteChiffre()
    date = DateChiffree("dernier rappel", blank=True)

    class Meta:
        verbose_name = "vaccination"
        verbose_name_plural = "vaccinations"
        ordering = ["fiche", "pk"]

    def __str__(self) -> str:
        return f"Vaccination n° {self.pk}"


class LectureSanteQuerySet(models.QuerySet["LectureSante"]):
    def noter(self, enfant: Enfant, *, par: Compte) -> "LectureSante":
        """Write that this agent is reading, now, the record of this child."""
        return self.create(enfant=enfant, enfant_nom=enfant.nom_complet, par=par, par_identifiant=par.identifiant)


class LectureSante(models.Model):
    """An agent read a child's health record: who, whose, when."""

    # The journal outlives the record and the account it names.
    enfant = models.ForeignKey("famille.Enfant", models.SET_NULL, null=True, related_name="lectures_sante")
    enfant_nom = models.CharField("nom de l’enfant", max_length=200)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name="lue par")
    par_identifiant = models.CharField("identifiant", max_length=100)
    le = models.DateTimeField("lue le", default=timezone.now)

    objects = LectureSanteQuerySet.as_manager()

    class Meta:
        verbose_name = "lecture d’une fiche sanitaire"
        verbose_name_plural = "lectures des fiches sanitaires"
        ordering = ["-le"]
        # Kept by us, never written by hand.
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.enfant_nom}, par {self.par_identifiant}"
