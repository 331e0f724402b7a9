"""The devices that an agent trusts: the tablet of the centre, which asks for a code once a month."""

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from famille.models.compte import Compte

from .authentificateur import Authentificateur

CONFIANCE = timedelta(days=30)


class AppareilQuerySet(models.QuerySet["AppareilDeConfiance"]):
    def valables(self) -> Self:
        return self.filter(expire_le__gt=timezone.now())

    def reconnaitre(self, compte: Compte, jeton: str) -> "AppareilDeConfiance | None":
        """The device whose cookie that is, as long as neither the password nor the key has changed since."""
        trouve = self.valables().filter(compte=compte, empreinte=_empreinte(jeton)).first()
        if trouve is None or not constant_time_compare(trouve.lien, lien(compte)):
            return None
        return trouve


class AppareilDeConfiance(models.Model):
    """One of them. Its cookie holds what the print was made of; `lien`: what it is bound to."""

    compte = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="appareils")
    nom = models.CharField(max_length=100)
    empreinte = models.CharField(max_length=64, unique=True)
    lien = models.CharField(max_length=64)
    ajoute_le = models.DateTimeField("ajouté le", default=timezone.now)
    expire_le = models.DateTimeField("expire le")

    objects = AppareilQuerySet.as_manager()

    class Meta:
        verbose_name = "appareil de confiance"
        verbose_name_plural = "appareils de confiance"
        ordering = ["-ajoute_le"]
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return self.nom

    @classmethod
    def ajouter(cls, compte: Compte, nom: str) -> tuple["AppareilDeConfiance", str]:
        """The device, and what its cookie holds: stored nowhere else."""
        cls.objects.filter(compte=compte, expire_le__lte=timezone.now()).delete()
        jeton = secrets.token_urlsafe(32)
        expire_le = timezone.now() + CONFIANCE
        cles = {"compte": compte, "empreinte": _empreinte(jeton), "lien": lien(compte), "expire_le": expire_le}
        return cls.objects.create(nom=nom[:100], **cles), jeton


def lien(compte: Compte) -> str:
    """Of the password and of the key as they are now."""
    generation = Authentificateur.objects.filter(compte=compte).values_list("generation", flat=True).first()
    return salted_hmac("famille.appareil", f"{compte.password}:{generation}", algorithm="sha256").hexdigest()


def _empreinte(jeton: str) -> str:
    return sha256(jeton.encode()).hexdigest()
