"""The prices that the town has voted, from … to …, as rows; `GrilleTarifaire` is what reckons with them."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Max, Q
from django.utils import timezone

from facturation.prix.grille import Arrondi, GrilleTarifaire, Tranche, Unite
from francais import date_courte
from socle.annee_scolaire import AnneeScolaire
from socle.periodes import DANS_L_ORDRE, dans_l_ordre, entre, refuser_le_desordre, sans_chevauchement

from .campagne import CampagneDeFacturation

# What a billed day was billed by.
FACTURES = ("prestation_id", "du", "unite", "pas_minutes", "arrondi", "absence_pourcent", "majoration_pourcent")


class TarifQuerySet(models.QuerySet["Tarif"]):
    def entre(self, du: date, au: date) -> "TarifQuerySet":
        """In force on some day from `du` to `au`."""
        return self.filter(entre(du, au))

    def grilles(self) -> list[GrilleTarifaire]:
        """As plain values. Two queries."""
        return [tarif.grille for tarif in self.prefetch_related("tranches")]


class Tarif(models.Model):
    """The prices of a prestation, first and last days included."""

    AU_LIEU_DE_SUPPRIMER = (
        "terminez-le par sa date «\u00a0au\u00a0», puis ajoutez le suivant. Ce qu’il a facturé s’explique par lui."
    )

    prestation = models.ForeignKey("planning.Prestation", models.PROTECT, related_name="tarifs")
    du = models.DateField("du")
    au = models.DateField("au", null=True, blank=True, help_text="Dernier jour. Vide\u00a0: jusqu’à nouvel ordre.")
    unite = models.CharField("unité", max_length=12, choices=Unite, default=Unite.JOURNEE)
    pas_minutes = models.PositiveSmallIntegerField(
        "pas de facturation",
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text="En minutes, pour un tarif à l’heure.",
    )
    arrondi = models.CharField(max_length=10, choices=Arrondi, default=Arrondi.SUPERIEUR)
    absence_pourcent = models.PositiveSmallIntegerField(
        "absence facturée", default=100, validators=[MaxValueValidator(100)], help_text="En % du prix."
    )
    majoration_pourcent = models.PositiveSmallIntegerField(
        "majoration sans réservation", default=0, help_text="En % du prix, en plus."
    )

    objects = TarifQuerySet.as_manager()

    class Meta:
        verbose_name = "tarif"
        verbose_name_plural = "tarifs"
        ordering = ["prestation", "-du"]
        constraints = [
            models.CheckConstraint(
                condition=dans_l_ordre(),
                name="tarif_dans_l_ordre",
                violation_error_message=DANS_L_ORDRE,
            ),
            models.CheckConstraint(condition=Q(pas_minutes__gte=1), name="tarif_pas_positif"),
            models.CheckConstraint(condition=Q(absence_pourcent__lte=100), name="tarif_absence_au_plus_le_prix"),
            sans_chevauchement(
                "un_tarif_par_jour", "prestation", message="Cette prestation a déjà un tarif à ces dates."
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prestation}, tarif du {date_courte(self.du)}"

    def clean(self) -> None:
        super().clean()
        refuser_le_desordre(self.du, self.au)
        self._garder_ce_qui_est_facture()

    @property
    def dernier_jour_facture(self) -> date | None:
        """Until when a campaign has billed by it; None if none has."""
        if self.pk is None:
            return None
        emises = CampagneDeFacturation.objects.filter(regles__grilles__contains=[{"tarif": self.pk}])
        dernier = emises.aggregate(dernier=Max("au"))["dernier"]
        return dernier if dernier is None or self.au is None else min(dernier, self.au)

    @property
    def refus_de_changer(self) -> str:
        """Why its prices stay as they are, and what to do instead; empty if nothing is billed by it."""
        dernier = self.dernier_jour_facture
        if dernier is None:
            return ""
        return (
            f"Ce tarif a servi à facturer jusqu’au {date_courte(dernier)}\u00a0: un prix déjà facturé ne change pas. "
            "Terminez-le par sa date «\u00a0au\u00a0», puis ajoutez le suivant."
        )

    def _garder_ce_qui_est_facture(self) -> None:
        """Of a billed one, only the end moves, and not before the last billed day."""
        ancien = Tarif.objects.filter(pk=self.pk).first()
        dernier = ancien.dernier_jour_facture if ancien else None
        if ancien is None or dernier is None:
            return
        if any(getattr(self, champ) != getattr(ancien, champ) for champ in FACTURES):
            raise ValidationError(ancien.refus_de_changer)
        if self.au is not None and self.au < dernier:
            raise ValidationError({"au": f"Ce tarif a servi à facturer jusqu’au {date_courte(dernier)}."})

    @property
    def grille(self) -> GrilleTarifaire:
        """As plain values. Reads the brackets."""
        return grille_de(self, self.tranches.all())


class TrancheDeTarifQuerySet(models.QuerySet["TrancheDeTarif"]):
    def entre(self, du: date, au: date) -> "TrancheDeTarifQuerySet":
        """Of the prices in force on some day from `du` to `au`."""
        return self.filter(entre(du, au, "tarif__"))


class TrancheDeTarif(models.Model):
    """A bracket: up to which QF, and its two prices. The top one has no limit."""

    tarif = models.ForeignKey(Tarif, models.CASCADE, related_name="tranches")
    qf_max = models.PositiveIntegerField(
        "jusqu’au QF", null=True, blank=True, help_text="Compris. Vide\u00a0: au-delà."
    )
    resident = models.DecimalField(
        "prix commune", max_digits=8, decimal_places=2, validators=[MinValueValidator(0)], help_text="En euros."
    )
    exterieur = models.DecimalField(
        "prix hors commune", max_digits=8, decimal_places=2, validators=[MinValueValidator(0)], help_text="En euros."
    )

    objects = TrancheDeTarifQuerySet.as_manager()

    class Meta:
        verbose_name = "tranche"
        verbose_name_plural = "tranches"
        ordering = ["tarif", F("qf_max").asc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["tarif", "qf_max"],
                name="une_tranche_par_qf",
                nulls_distinct=False,
                violation_error_message="Ce tarif a déjà une tranche jusqu’à ce QF.",
            ),
            models.CheckConstraint(condition=Q(resident__gte=0, exterieur__gte=0), name="tranche_prix_positifs"),
        ]

    def __str__(self) -> str:
        return "Au-delà" if self.qf_max is None else f"Jusqu’à {self.qf_max}"


def grille_de(tarif: Tarif, tranches: Iterable[TrancheDeTarif]) -> GrilleTarifaire:
    """As plain values, of brackets that were read already, the lowest QF first."""
    return GrilleTarifaire(
        pk=tarif.pk,
        prestation=tarif.prestation_id,
        du=tarif.du,
        au=tarif.au,
        unite=Unite(tarif.unite),
        pas_minutes=tarif.pas_minutes,
        arrondi=Arrondi(tarif.arrondi),
        absence_pourcent=tarif.absence_pourcent,
        majoration_pourcent=tarif.majoration_pourcent,
        tranches=tuple(_tranches(tranches)),
    )


def _tranches(lignes: Iterable[TrancheDeTarif]) -> Iterable[Tranche]:
    """Numbered from the lowest QF."""
    for numero, ligne in enumerate(lignes, start=1):
        yield Tranche(numero, ligne.qf_max, ligne.resident, ligne.exterieur)


class ReportDeTarifQuerySet(models.QuerySet["ReportDeTarif"]):
    def de(self, annee: AnneeScolaire) -> "ReportDeTarifQuerySet":
        """Those whose new price begins in that school year."""
        return self.filter(nouveau__du__range=(annee.du, annee.au))

    def lots(self, annee: AnneeScolaire) -> list[dict]:
        """What was made together, the latest first: `le`, `prenom`, `nom` of who did it, `pourcent`, `tarifs`. One
        query."""
        par_lot = self.de(annee).order_by().values("le", "pourcent", prenom=F("par__prenom"), nom=F("par__nom"))
        return [dict(lot) for lot in par_lot.annotate(tarifs=Count("pk")).order_by("-le")]


class ReportDeTarif(models.Model):
    """A price that a rentrée copied from another, which it ended. Undone, it goes with the price."""

    nouveau = models.OneToOneField(Tarif, models.CASCADE, related_name="report", verbose_name="tarif reporté")
    ancien = models.ForeignKey(Tarif, models.CASCADE, related_name="+", verbose_name="tarif d’avant")
    au_avant = models.DateField("fin d’avant", null=True, blank=True)
    pourcent = models.DecimalField("évolution", max_digits=5, decimal_places=2, help_text="En %.")
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", db_index=False
    )
    le = models.DateTimeField("fait le", default=timezone.now, editable=False)

    objects = ReportDeTarifQuerySet.as_manager()

    class Meta:
        verbose_name = "report de tarif"
        verbose_name_plural = "reports de tarifs"
        ordering = ["-le", "pk"]
        default_permissions = ()  # made on the page of the rentrée, by who keeps the prices

    def __str__(self) -> str:
        return f"{self.nouveau}, reporté"
