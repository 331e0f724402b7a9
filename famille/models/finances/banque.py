"""The account from which a famille pays, and to which the centre pays back."""

from collections.abc import Iterable

from django.db import models
from django.db.models.base import ModelBase

from famille.iban import compacter, masquer, valider_bic, valider_iban
from socle.chiffrement import TexteChiffre


class InformationsBancaires(models.Model):
    """A bank account, encrypted. Pages show the masked IBAN; the whole one is in the famille's own copy alone."""

    famille = models.OneToOneField("famille.Famille", models.CASCADE, related_name="informations_bancaires")
    titulaire = TexteChiffre("titulaire du compte", max_length=200, blank=True)
    banque = TexteChiffre("nom banque", max_length=100, blank=True)
    iban = TexteChiffre("IBAN", blank=True, validators=[valider_iban])
    # In clear, as lists show it: four letters and four digits lead nowhere.
    iban_masque = models.CharField("IBAN", max_length=40, blank=True, editable=False)
    bic = TexteChiffre("BIC", max_length=11, blank=True, validators=[valider_bic])

    class Meta:
        verbose_name = "informations bancaires"
        verbose_name_plural = "informations bancaires"
        ordering = ["famille"]

    def __str__(self) -> str:
        # What the agents' history keeps of it, and is in clear.
        return f"Compte bancaire de {self.famille}"

    def save(
        self,
        *,
        force_insert: bool | tuple[ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        self.iban, self.bic = compacter(self.iban), compacter(self.bic)
        self.iban_masque = masquer(self.iban)
        super().save(force_insert=force_insert, force_update=force_update, using=using, update_fields=update_fields)
