"""The base of the portal. Its one signal is Django's own: rights are given once the tables of a migrate are there."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class SocleConfig(AppConfig):
    name = "socle"
    verbose_name = "Socle"

    def ready(self) -> None:
        from socle.cles import verifier_les_cles
        from socle.octroi.application import accorder_apres_migration
        from socle.roles.verification import verifier_le_role

        register(verifier_les_cles, Tags.security, deploy=True)
        register(verifier_le_role, Tags.security, deploy=True)
        post_migrate.connect(accorder_apres_migration, sender=self)
