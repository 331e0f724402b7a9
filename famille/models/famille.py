"""The famille: one household as the centre bills it."""

from datetime import date
from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models.functions import Cast
from django.utils import timezone

from courriels.avis import Avis, destinataires_de
from courriels.depot import deposer
from courriels.models import Courriel
from francais import pluriel

if TYPE_CHECKING:
    from .responsable import Responsable


class FamilleQuerySet(models.QuerySet["Famille"]):
    def avec_responsables(self) -> "FamilleQuerySet":
        return self.prefetch_related("responsables")


def _prochain_numero() -> Cast:
    """The next number of the sequence that migration 0001 makes: 13 digits, whatever happens at once."""
    return Cast(models.Func(models.Value("famille_numero"), function="nextval"), models.CharField(max_length=13))


class Famille(models.Model):
    """The dossier of a household. Everything that a parent may touch is reached through it."""

    AU_LIEU_DE_SUPPRIMER = "terminez les inscriptions de ses enfants. Ce qui a été facturé reste le temps légal."

    numero = models.CharField("N° Famille", max_length=13, unique=True, editable=False, db_default=_prochain_numero())
    organisme_rattachement = models.CharField("organisme de rattachement", max_length=100, blank=True, default="0")
    reference = models.CharField(
        "référence externe",
        max_length=50,
        blank=True,
        default="",
        db_default="",
        help_text="Sa clé dans un autre logiciel\u00a0: l’importation la retrouve par elle.",
    )
    enfants = models.ManyToManyField("famille.Enfant", through="famille.Rattachement", related_name="familles")
    creee_le = models.DateTimeField("créée le", default=timezone.now, editable=False)

    objects = FamilleQuerySet.as_manager()

    class Meta:
        verbose_name = "famille"
        verbose_name_plural = "familles"
        ordering = ["numero"]
        permissions = [("voir_comme", "Peut voir le portail comme la famille")]
        constraints = [
            models.CheckConstraint(condition=models.Q(numero__regex=r"^\d{13}$"), name="numero_de_13_chiffres"),
            models.UniqueConstraint(
                fields=["reference"],
                condition=~models.Q(reference=""),
                name="une_famille_par_reference",
                violation_error_message="Une autre famille a déjà cette référence.",
            ),
        ]
        triggers = [
            # The outbox knows no famille: what it keeps of a dossier goes with it, however it goes.
            pgtrigger.Trigger(
                name="ses_courriels_partent_avec_elle",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                func="DELETE FROM courriels_courriel WHERE dossier = OLD.id; RETURN NULL;",
            )
        ]

    def __str__(self) -> str:
        noms = dict.fromkeys(responsable.nom for responsable in self.responsables.all())
        return f"{' / '.join(noms)} ({self.numero})" if noms else self.numero

    @property
    def en_choix(self) -> str:
        """« ROUX Anna et Paul, 3 enfants (n° …) ». Free when responsables and enfants are prefetched."""
        noms: dict[str, list[str]] = {}
        for responsable in self.responsables.all():
            noms.setdefault(responsable.nom, []).append(responsable.prenom)
        couple = " et ".join(f"{nom} {' et '.join(prenoms)}" for nom, prenoms in noms.items()) or "Sans responsable"
        return f"{couple}, {pluriel(len(self.enfants.all()), 'enfant')} (n°\u00a0{self.numero})"

    @property
    def titulaire(self) -> "Responsable | None":
        """The responsable who holds the dossier, or None. Free when responsables are prefetched."""
        return next((r for r in self.responsables.all() if r.est_titulaire), None)

    @property
    def conjoint(self) -> "Responsable | None":
        return next((r for r in self.responsables.all() if not r.est_titulaire), None)

    def qf_au(self, jour: date) -> int | None:
        """The quotient familial in force on that day, or None if none is known."""
        return self.quotients.filter(date_effet__lte=jour).values_list("valeur", flat=True).first()

    def prevenir(self, avis: Avis) -> None:
        """Write to each responsable who has an address, in the caller's transaction.

        « Autorisation e-mail » says who gets information; service goes to all.
        """
        deposer(self.courriels(avis))

    def courriels(self, avis: Avis) -> list[Courriel]:
        """Those of `prevenir`, unsaved, for whoever writes to many. No query if responsables are prefetched."""
        joignables = [
            responsable
            for responsable in self.responsables.all()
            if responsable.email and (responsable.autorisation_courriel or not avis.information)
        ]
        if avis.information:
            # The titulaire comes first: see Responsable.Meta.
            joignables = joignables[: destinataires_de(avis.sorte).au_plus]
        return [Courriel.a(responsable.email, avis, dossier=self.pk) for responsable in joignables]
