from django.apps import AppConfig


class DemandesConfig(AppConfig):
    name = "demandes"
    verbose_name = "Demandes"

    def ready(self) -> None:
        # What follows a child whose two records become one; the request of a day, on the planning's pages.
        from demandes import fusion  # noqa: F401
        from demandes.suivi import au_planning  # noqa: F401
