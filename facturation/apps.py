from django.apps import AppConfig


class FacturationConfig(AppConfig):
    name = "facturation"
    verbose_name = "Facturation"

    def ready(self) -> None:
        # The price of a day, on the planning's pages.
        from facturation.prix import affichage  # noqa: F401
