"""What an agent's page says."""

from datetime import date

from django.contrib.messages import get_messages

MERCREDI = date(2015, 4, 8)
RENTREE = date(2014, 9, 1)
MODELES = ["structure", "prestation", "vacances", "jourferie", "fermeture", "inscription", "reservation"]


def phrases(reponse) -> list[str]:
    return [str(message).replace("\u00a0", " ") for message in get_messages(reponse.wsgi_request)]


def erreurs(reponse) -> list[str]:
    return [phrase.replace("\u00a0", " ") for liste in reponse.context["errors"] for phrase in liste]
