"""The base of the portal. Its one signal is Django's own: once a migrate has made the tables, rights are given and the
witness of the keys is laid."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class SocleConfig(AppConfig):
    name = "socle"
    verbose_name = "Socle"

    def ready(self) -> None:
        from socle.cles import poser_le_temoin, verifier_les_cles, verifier_les_cles_de_la_base
        from socle.octroi.application import accorder_apres_migration
        from socle.roles.verification import verifier_le_role

        register(verifier_les_cles, Tags.security, deploy=True)
        register(verifier_le_role, Tags.security, deploy=True)
        register(verifier_les_cles_de_la_base, Tags.database)
        post_migrate.connect(accorder_apres_migration, sender=self)
        post_migrate.connect(poser_le_temoin, sender=self)
