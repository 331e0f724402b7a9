"""Draws the data model anew, after a change of the models: `docs/modele.md`."""

from django.conf import settings
from django.core.management.base import BaseCommand

from portail.developpement.modele import dessiner


class Command(BaseCommand):
    help = "Redessine docs/modele.md d’après les modèles."

    def handle(self, *args: object, **options: object) -> None:
        page = settings.BASE_DIR / "docs" / "modele.md"
        page.write_text(dessiner())
        self.stdout.write(f"{page.relative_to(settings.BASE_DIR)} est à jour.")
