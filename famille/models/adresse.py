"""An e-mail address that may open an account, hence that nobody changes in silence."""

from collections.abc import Iterable

from django.db import models, transaction
from django.db.models.base import ModelBase
from django.utils import timezone

from courriels.depot import deposer
from courriels.models import Courriel
from famille.avis_de_securite import adresse_a_confirmer, adresse_remplacee


class AvecAdresse(models.Model):
    """Somebody with an `email`. Whoever changes it, the former address is told; the new one opens nothing before its
    owner, signed in, has followed the link that it receives. One that came with the record is trusted."""

    email = models.EmailField("e-mail", blank=True)
    email_confirme_le = models.DateTimeField(
        "adresse confirmée le", null=True, blank=True, default=timezone.now, editable=False
    )

    class Meta:
        abstract = True

    def save(
        self,
        *,
        force_insert: bool | tuple[ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        with transaction.atomic():
            ancienne = self._adresse_remplacee(update_fields)
            if ancienne is not None:
                self.email_confirme_le = None
                if update_fields is not None:
                    update_fields = {*update_fields, "email_confirme_le"}
            super().save(force_insert=force_insert, force_update=force_update, using=using, update_fields=update_fields)
            if ancienne:
                self._ecrire(ancienne)
            if ancienne is not None:
                self.demander_confirmation()

    @property
    def ouvre_un_compte(self) -> bool:
        """Whether a password link may go to this address."""
        raise NotImplementedError

    @property
    def dossier(self) -> int | None:
        """The famille that its e-mails belong to."""
        raise NotImplementedError

    @property
    def adresse_est_a_confirmer(self) -> bool:
        return bool(self.email) and self.email_confirme_le is None

    def demander_confirmation(self) -> None:
        """Send the link to an address that may open an account."""
        if self.adresse_est_a_confirmer and self.ouvre_un_compte:
            avis = adresse_a_confirmer(str(self._meta.model_name), self.pk)
            deposer([Courriel.a(self.email, avis, dossier=self.dossier)])

    def confirmer_adresse(self) -> None:
        """Its owner, signed in, has followed the link."""
        self.email_confirme_le = timezone.now()
        self.save(update_fields=["email_confirme_le"])

    def _adresse_remplacee(self, update_fields: Iterable[str] | None) -> str | None:
        """The address that this writing replaces, « » included; None if it replaces none."""
        if self._state.adding or (update_fields is not None and "email" not in update_fields):
            return None
        lignes = type(self)._default_manager.order_by("pk").filter(pk=self.pk).select_for_update()
        ancienne = lignes.values_list("email", flat=True).first()
        return None if ancienne is None or ancienne.lower() == self.email.lower() else ancienne

    def _ecrire(self, ancienne: str) -> None:
        avis = adresse_remplacee(f"{self._meta.model_name}:{self.pk}", self.email)
        deposer([Courriel.a(ancienne, avis, dossier=self.dossier)])
