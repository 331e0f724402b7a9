"""A login, of a parent or of an agent."""

import unicodedata
from datetime import timedelta

from axes.utils import reset as oublier_les_echecs
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone

from courriels.avis import Avis
from courriels.depot import deposer
from courriels.models import Courriel
from famille.avis_de_securite import mot_de_passe_change, mot_de_passe_remplace
from famille.regle_des_mots_de_passe import mot_de_passe_provisoire
from socle.requetes.preparee import Preparee, inconnue

from .adresse import AvecAdresse

IDENTIFIANT_MAX = 100


def normaliser_identifiant(identifiant: str) -> str:
    """« Dupont » typed on a phone is « dupont », and « é » in one character or in two is the same « é »."""
    return unicodedata.normalize("NFKC", identifiant).strip().lower()


class CompteManager(BaseUserManager["Compte"]):
    """Django's own three entry points, on identifiants."""

    def get_by_natural_key(self, username: str | None) -> "Compte":
        compte = _PAR_IDENTIFIANT.premier(identifiant=normaliser_identifiant(username or ""))
        if compte is None:
            raise self.model.DoesNotExist
        return compte

    def create_user(self, identifiant: str, password: str | None = None, **champs: object) -> "Compte":
        compte = self.model(identifiant=normaliser_identifiant(identifiant), **champs)
        compte.set_password(password)
        compte.save(using=self._db)
        return compte

    def create_superuser(self, identifiant: str, password: str | None = None, **champs: object) -> "Compte":
        return self.create_user(identifiant, password, is_staff=True, is_superuser=True, **champs)


class Compte(AvecAdresse, AbstractBaseUser, PermissionsMixin):
    """A login. Of a parent if a Responsable has it, of an agent if `is_staff`; one person may be both."""

    AU_LIEU_DE_SUPPRIMER = "décochez «\u00a0actif\u00a0»\u00a0: ce qu’il a fait reste à son nom."

    identifiant = models.CharField(
        max_length=IDENTIFIANT_MAX, unique=True, error_messages={"unique": "Cet identifiant est déjà pris."}
    )
    prenom = models.CharField("prénom", max_length=100, blank=True, help_text="Pour les agents.")
    nom = models.CharField(max_length=100, blank=True, help_text="Pour les agents.")
    email = models.EmailField(
        "adresse e-mail", blank=True, help_text="Pour les agents. Celle d’un parent est sur sa fiche."
    )
    is_staff = models.BooleanField("agent du centre", default=False, help_text="Donne accès à l’administration.")
    is_active = models.BooleanField("actif", default=True, help_text="Décochez plutôt que de supprimer.")
    cree_le = models.DateTimeField("créé le", default=timezone.now, editable=False)
    provisoire_jusqu_au = models.DateTimeField(
        "mot de passe provisoire jusqu’au", null=True, blank=True, editable=False
    )
    lien_envoye_le = models.DateTimeField("dernier lien de mot de passe", null=True, blank=True, editable=False)

    USERNAME_FIELD = "identifiant"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = CompteManager()

    class Meta:
        verbose_name = "compte"
        verbose_name_plural = "comptes"
        ordering = ["identifiant"]
        constraints = [
            models.CheckConstraint(condition=models.Q(identifiant=Lower("identifiant")), name="identifiant_minuscule"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.identifiant

    def clean(self) -> None:
        self.identifiant = normaliser_identifiant(self.identifiant)
        # « ﷺ » is eighteen letters once normalised.
        if len(self.identifiant) > IDENTIFIANT_MAX:
            raise ValidationError({"identifiant": f"{IDENTIFIANT_MAX} caractères au plus."})

    def get_full_name(self) -> str:
        return f"{self.prenom} {self.nom}".strip()

    def get_short_name(self) -> str:
        return self.prenom or self.identifiant

    @property
    def doit_changer_de_mot_de_passe(self) -> bool:
        return self.provisoire_jusqu_au is not None

    @property
    def mot_de_passe_est_perime(self) -> bool:
        return self.provisoire_jusqu_au is not None and self.provisoire_jusqu_au < timezone.now()

    @property
    def courriel(self) -> str:
        """Where to write to this person: the address of the parent's record, or the agent's own.

        An agent's is never that of a record: whoever may correct a record would receive the agent's password link.
        """
        return self.porteur_de_l_adresse.email

    @property
    def porteur_de_l_adresse(self) -> AvecAdresse:
        """The record that `courriel` is read on."""
        responsable = None if self.is_staff else getattr(self, "responsable", None)
        return responsable if responsable and responsable.email else self

    @property
    def adresse_est_sure(self) -> bool:
        """Whether a password link may go to `courriel`: it came with the record, or its owner has confirmed it."""
        return not self.porteur_de_l_adresse.adresse_est_a_confirmer

    @property
    def ouvre_un_compte(self) -> bool:
        return True

    @property
    def dossier(self) -> int | None:
        """An agent who is also a parent is written to as an agent: see `courriel`."""
        responsable = None if self.is_staff else getattr(self, "responsable", None)
        return responsable and responsable.famille_id

    def attribuer_mot_de_passe_provisoire(self) -> str:
        """Replace the password by a temporary one, and return it: it is stored nowhere in clear."""
        provisoire = mot_de_passe_provisoire()
        self.rendre_provisoire(provisoire)
        return provisoire

    def rendre_provisoire(self, mot_de_passe: str) -> None:
        """A password that its owner must change at the next login, before it expires."""
        self.preparer_mot_de_passe_provisoire(mot_de_passe)
        # The first one replaces nothing that anybody uses.
        self._enregistrer_mot_de_passe(mot_de_passe_remplace(self.pk) if self.last_login else None)

    def preparer_mot_de_passe_provisoire(self, mot_de_passe: str) -> None:
        """The same, on an account that is yet to be saved."""
        self.set_password(mot_de_passe)
        self.provisoire_jusqu_au = timezone.now() + timedelta(days=settings.MOT_DE_PASSE_PROVISOIRE_JOURS)

    def adopter_mot_de_passe(self, mot_de_passe: str) -> None:
        """The password that its owner chose."""
        self.set_password(mot_de_passe)
        self.provisoire_jusqu_au = None
        self._enregistrer_mot_de_passe(mot_de_passe_change(self.pk))

    def deverrouiller(self) -> None:
        """Wrong passwords that were typed are forgotten: it may sign in again at once."""
        oublier_les_echecs(username=self.identifiant)

    def fermer(self) -> None:
        """It signs in no more, and its open pages end at their next click."""
        self.is_active = False
        self.save(update_fields=["is_active"])

    def rouvrir(self) -> None:
        self.is_active = True
        self.save(update_fields=["is_active"])

    def _enregistrer_mot_de_passe(self, avis: Avis | None) -> None:
        with transaction.atomic():
            self.save(update_fields=["password", "provisoire_jusqu_au"])
            if avis and self.courriel:
                deposer([Courriel.a(self.courriel, avis, dossier=self.dossier)])
        # What was guessed before locks nobody out of a password received by post or by e-mail.
        oublier_les_echecs(username=self.identifiant)


# Each login begins by it.
_PAR_IDENTIFIANT = Preparee(lambda: Compte.objects.filter(identifiant=inconnue("identifiant")))
