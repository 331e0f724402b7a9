from django.apps import AppConfig


class MessagerieConfig(AppConfig):
    name = "messagerie"
    verbose_name = "Messagerie"

    def ready(self) -> None:
        # What planning tells a famille of its days.
        from famille.connexion.authentification import LUS_AVEC_LE_COMPTE
        from messagerie.fils import du_planning  # noqa: F401
        from messagerie.middleware import non_lus_du_lecteur

        LUS_AVEC_LE_COMPTE["nouveaux_messages"] = non_lus_du_lecteur
