"""The shell, Django's admin with the shell's own site, and which static files are ours to serve."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.contrib.staticfiles.apps import StaticFilesConfig


class PortailConfig(AppConfig):
    default = True  # of the configurations below and imported here, the one that « portail » means
    name = "portail"
    verbose_name = "Portail"

    def ready(self) -> None:
        # Importing a kind of recipients is offering it to the agents.
        from portail import destinataires  # noqa: F401


class AdministrationConfig(admin.AdminConfig):
    default = False
    default_site = "portail.admin.Administration"


class StatiquesConfig(StaticFilesConfig):
    """Style sheets are served whole (portail.statiques): neither their sources nor Bootstrap's are served beside."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "css/*", "bootstrap/*"]
