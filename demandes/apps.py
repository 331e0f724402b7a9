from django.apps import AppConfig


class DemandesConfig(AppConfig):
    name = "demandes"
    verbose_name = "Demandes"

    def ready(self) -> None:
        # The request that a day comes from, on the planning's pages.
        from demandes.suivi import au_planning  # noqa: F401
