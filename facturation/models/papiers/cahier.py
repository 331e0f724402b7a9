"""Invoices of a campaign as one file, for the printer: made by the queue once, from the PDFs that were sent."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from facturation.models.campagne import CampagneDeFacturation
from facturation.models.facture import Facture
from socle.fichiers.examen import poids


class CahierManager(models.Manager):
    def campagnes_a_relier(self) -> models.QuerySet[CampagneDeFacturation]:
        """Those issued, whose every invoice has its PDF, and of which some invoice is in no cahier yet."""
        factures = Facture.objects.order_by().filter(campagne=OuterRef("pk"))
        relies = self.order_by().filter(campagne=OuterRef("campagne"), dernier__gte=OuterRef("numero"))
        return CampagneDeFacturation.objects.filter(
            Exists(factures.filter(~Exists(relies))), ~Exists(factures.filter(document=None)), emise_le__isnull=False
        )


class Cahier(models.Model):
    """Invoices that follow each other. The campaign of a town has one; a city's has several."""

    campagne = models.ForeignKey(CampagneDeFacturation, models.PROTECT, related_name="cahiers")
    premier = models.PositiveIntegerField("premier numéro")
    dernier = models.PositiveIntegerField("dernier numéro")
    nombre = models.PositiveIntegerField("nombre de factures")
    fichier = models.FileField(max_length=200)
    taille = models.PositiveIntegerField("taille (octets)")
    cree_le = models.DateTimeField("créé le", default=timezone.now, editable=False)

    objects = CahierManager()

    class Meta:
        verbose_name = "cahier de factures"
        verbose_name_plural = "cahiers de factures"
        ordering = ["campagne", "premier"]
        constraints = [
            models.UniqueConstraint(fields=["campagne", "premier"], name="un_cahier_par_campagne_et_numero"),
            models.CheckConstraint(
                condition=models.Q(dernier__gte=models.F("premier")), name="cahier_dans_l_ordre_des_numeros"
            ),
        ]

    def __str__(self) -> str:
        """« AL-12 à AL-211 », or « AL-12 » alone."""
        code = self.campagne.regie.code
        fin = f" à {code}-{self.dernier}" if self.dernier != self.premier else ""
        return f"{code}-{self.premier}{fin}"

    @property
    def poids(self) -> str:
        """« 5,3 Mo »."""
        return poids(self.taille)
