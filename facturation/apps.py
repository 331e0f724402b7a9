from django.apps import AppConfig


class FacturationConfig(AppConfig):
    name = "facturation"
    verbose_name = "Facturation"

    def ready(self) -> None:
        # The price of a day, on the planning's pages; of many, before an agent changes what they depend on; what
        # follows a child whose two records become one.
        from facturation import fusion  # noqa: F401
        from facturation.campagne import portee  # noqa: F401
        from facturation.prix import affichage  # noqa: F401
