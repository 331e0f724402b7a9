"""The shell, and Django's admin with the shell's own site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class PortailConfig(AppConfig):
    name = "portail"
    verbose_name = "Portail"

    def ready(self) -> None:
        # Importing a kind of recipients is offering it to the agents.
        from portail import destinataires  # noqa: F401


class AdministrationConfig(admin.AdminConfig):
    default = False
    default_site = "portail.admin.Administration"
