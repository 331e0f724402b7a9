from django.apps import AppConfig


class MessagerieConfig(AppConfig):
    name = "messagerie"
    verbose_name = "Messagerie"

    def ready(self) -> None:
        # What planning tells a famille of its days.
        from messagerie.fils import du_planning  # noqa: F401
