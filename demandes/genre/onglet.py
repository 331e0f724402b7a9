"""The two tabs of « Liste des demandes », between which the kinds are shared."""

from django.db import models


class Onglet(models.TextChoices):
    """What a request is about: the dossier, or a child."""

    MON_COMPTE = "mon-compte", "Mon compte"
    MES_ENFANTS = "mes-enfants", "Mes enfants"


MON_COMPTE, MES_ENFANTS = Onglet.MON_COMPTE, Onglet.MES_ENFANTS
