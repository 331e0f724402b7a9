"""A child's health record: encrypted, and apart from the rest."""

from django.db import models

from famille.vraisemblance import nom_de_personne, telephone_ecrit
from socle.chiffrement import TexteChiffre


class FicheSanitaire(models.Model):
    """What the staff must know to look after a child. An absent row means that nothing was declared."""

    enfant = models.OneToOneField("famille.Enfant", models.CASCADE, related_name="fiche_sanitaire")
    medecin_nom = TexteChiffre("médecin traitant", blank=True, validators=[nom_de_personne])
    medecin_telephone = TexteChiffre("téléphone du médecin", blank=True, validators=[telephone_ecrit])
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
