"""The shell, Django's admin with the shell's own site, and which static files are ours to serve."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.core.checks import Tags, register
from django_tasks_db.apps import TasksAppConfig


class PortailConfig(AppConfig):
    default = True  # of the configurations below and imported here, the one that « portail » means
    name = "portail"
    verbose_name = "Portail"

    def ready(self) -> None:
        # Importing a kind of recipients is offering it to the agents; a section of a child's page, showing it.
        from portail import destinataires  # noqa: F401
        from portail.installation.verifications import verifier_l_installation, verifier_la_base
        from portail.pieces import fiche  # noqa: F401

        register(verifier_l_installation, Tags.security, deploy=True)
        register(verifier_la_base, Tags.compatibility, deploy=True)


class AdministrationConfig(admin.AdminConfig):
    default = False
    default_site = "portail.admin.Administration"

    def ready(self) -> None:
        super().ready()
        # Once packages have registered theirs.
        from portail.paquets import admin, apostrophes, lecture, noms  # noqa: F401

        apostrophes.typographier()
        noms.dire_en_francais()
        lecture.lire_comme_une_liste()


class TachesConfig(TasksAppConfig):
    default = False
    verbose_name = "Tâches de fond"


class StatiquesConfig(StaticFilesConfig):
    """Style sheets are served whole (portail.statiques): neither their sources nor Bootstrap's are served beside."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "css/*", "bootstrap/*"]
