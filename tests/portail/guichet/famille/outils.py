"""What an agent does on the page of a famille."""

from datetime import date

from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

RENTREE = date(2014, 9, 1)
MERCREDI, SUIVANT, PLUS_TARD = date(2015, 4, 8), date(2015, 4, 29), date(2015, 5, 6)
HIER = date(2015, 4, 1)


def page(famille, nom: str = "guichet_famille", **requete: str) -> str:
    return reverse(f"admin:{nom}", args=[famille.pk], query=requete or None)


def cocher(inscription, *jours: date) -> list[str]:
    return [f"{inscription.pk}:{jour.isoformat()}" for jour in jours]


def demander(client: Client, inscription, geste: str, *jours: date, **champs: object):
    """Ticks those days, and presses that button."""
    envoi = {"geste": geste, "mois": "2015-04", "jour": cocher(inscription, *jours), **champs}
    return client.post(page(inscription.famille, "guichet_famille_gestes"), envoi)


def confirmer(client: Client, reponse, *, prevenir: bool = True, **champs: str):
    """Sends again what the page that counts has asked."""
    question = reponse.context["confirmation"]
    envoi: dict[str, list[str]] = {"confirme": [question.lu]}
    for nom, valeur in question.renvoi:
        envoi.setdefault(nom, []).append(valeur)
    if prevenir:
        envoi["prevenir"] = ["on"]
    return client.post(reponse.wsgi_request.path, envoi | {nom: [valeur] for nom, valeur in champs.items()})


def faire(client: Client, inscription, geste: str, *jours: date, **champs: object):
    """Both."""
    return confirmer(client, demander(client, inscription, geste, *jours, **champs))


def question(reponse) -> list[str]:
    return [phrase.replace("\u00a0", " ") for phrase in reponse.context["confirmation"].phrases]


def phrases(reponse) -> list[str]:
    return [str(message).replace("\u00a0", " ") for message in get_messages(reponse.wsgi_request)]
