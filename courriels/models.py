"""An e-mail is a row, written with what it tells of, and sent by the queue. Never lost, never twice."""

from django.db import models
from django.utils import timezone

from courriels.avis import Avis
from courriels.echecs import JAMAIS_PLUS_LOIN, dire, prochain_essai
from socle.chiffrement import JsonChiffre


class CourrielQuerySet(models.QuerySet):
    def a_envoyer(self) -> "CourrielQuerySet":
        """What is due, in the order in which it leaves."""
        maintenant = timezone.now()
        dus = models.Q(prochain_essai__lte=maintenant) | models.Q(prochain_essai__gt=maintenant + JAMAIS_PLUS_LOIN)
        return self.filter(dus).order_by("-urgent", "prochain_essai")

    def en_attente(self) -> "CourrielQuerySet":
        """Due, now or later."""
        return self.filter(prochain_essai__isnull=False)

    def a_surveiller(self) -> "CourrielQuerySet":
        """What an agent should know of: given up, or waiting for a server that did not take it."""
        return self.filter(envoye_le=None).filter(models.Q(prochain_essai=None) | models.Q(essais__gt=0))

    def en_echec(self) -> "CourrielQuerySet":
        """Given up: only an agent may try again."""
        return self.filter(envoye_le=None, prochain_essai=None)


class Courriel(models.Model):
    """One e-mail to one address. Sent if `envoye_le`, waiting if `prochain_essai`, given up if neither.

    `dossier`: the number of the row that it belongs to, in the app above that holds dossiers. It goes with that row.
    """

    AU_LIEU_DE_SUPPRIMER = "laissez-le. Il s’efface de lui-même, une fois passé le temps où il se garde."

    cle = models.CharField("clé", max_length=120, editable=False)
    destinataire = models.EmailField(editable=False)
    dossier = models.BigIntegerField(null=True, blank=True, editable=False, db_index=True)
    sujet = models.CharField(max_length=150, editable=False)
    gabarit = models.CharField(max_length=60, editable=False)
    contexte = models.JSONField(default=dict, editable=False)
    # What it says that is nobody else's business: encrypted, as what it tells of.
    prive = JsonChiffre("contenu privé", default=dict, editable=False)
    urgent = models.BooleanField(default=False, editable=False)
    # Those of one group, dossier and address leave together.
    groupe = models.CharField(max_length=40, blank=True, default="", editable=False)
    depose_le = models.DateTimeField("déposé le", default=timezone.now, editable=False)
    essais = models.PositiveSmallIntegerField("essais manqués", default=0, editable=False)
    prochain_essai = models.DateTimeField(null=True, default=timezone.now, editable=False)
    envoye_le = models.DateTimeField("envoyé le", null=True, editable=False)
    erreur = models.TextField("dernière erreur", blank=True, editable=False)

    objects = CourrielQuerySet.as_manager()

    # For a page that shows it: the app that knows dossiers fills it in.
    nom_du_dossier = ""

    class Meta:
        verbose_name = "e-mail"
        verbose_name_plural = "e-mails"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cle", "destinataire"], name="un_courriel_par_cle_et_adresse"),
            models.CheckConstraint(
                condition=models.Q(envoye_le=None) | models.Q(prochain_essai=None), name="courriel_envoye_une_fois"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-urgent", "prochain_essai"],
                condition=models.Q(prochain_essai__isnull=False),
                name="courriel_a_envoyer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.sujet} → {self.destinataire}"

    @classmethod
    def a(cls, destinataire: str, avis: Avis, *, dossier: int | None = None) -> "Courriel":
        """That notice to that address, unsaved: `courriels.depot.deposer` writes it."""
        return cls(
            cle=avis.cle,
            destinataire=destinataire,
            dossier=dossier,
            sujet=avis.sujet,
            gabarit=avis.gabarit,
            contexte=avis.contexte,
            prive=avis.prive,
            urgent=avis.urgent,
            groupe=avis.groupe,
            prochain_essai=timezone.now() + avis.attend,
        )

    def compagnons(self) -> "CourrielQuerySet":
        """Those that wait to leave with it, locked, in the order in which they were written."""
        if not self.groupe:
            return Courriel.objects.none()
        du_groupe = Courriel.objects.en_attente().filter(
            groupe=self.groupe, dossier=self.dossier, destinataire=self.destinataire
        )
        return du_groupe.exclude(pk=self.pk).select_for_update(skip_locked=True).order_by("pk")

    @property
    def est_en_echec(self) -> bool:
        return self.envoye_le is None and self.prochain_essai is None

    def partir(self) -> None:
        """The server has taken it."""
        self.envoye_le, self.prochain_essai, self.erreur = timezone.now(), None, ""
        self.save(update_fields=["envoye_le", "prochain_essai", "erreur"])

    def manquer(self, erreur: Exception) -> None:
        """It did not leave: later, or never."""
        self.prochain_essai = prochain_essai(self.essais, erreur, a=timezone.now())
        self.essais += 1
        self.erreur = dire(erreur)
        self.save(update_fields=["prochain_essai", "essais", "erreur"])
