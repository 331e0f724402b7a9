"""What an agent's page says."""

from datetime import date

from django.contrib.messages import get_messages
from django.urls import reverse

MERCREDI = date(2015, 4, 8)
RENTREE = date(2014, 9, 1)
MODELES = ["structure", "prestation", "vacances", "jourferie", "fermeture", "inscription", "reservation"]


def phrases(reponse) -> list[str]:
    return [str(message).replace("\u00a0", " ") for message in get_messages(reponse.wsgi_request)]


def erreurs(reponse) -> list[str]:
    return [phrase.replace("\u00a0", " ") for liste in reponse.context["errors"] for phrase in liste]


def question(reponse) -> list[str]:
    """What an agent is asked to confirm."""
    return [phrase.replace("\u00a0", " ") for phrase in reponse.context["confirmation"].phrases]


def confirmer(client, reponse, **champs: str):
    """Say yes: what the page sends again, with what was read, and what is typed there."""
    confirmation = reponse.context["confirmation"]
    envoi: dict[str, list[str]] = {"confirme": [confirmation.lu]}
    for nom, valeur in confirmation.renvoi:
        envoi.setdefault(nom, []).append(valeur)
    envoi |= {nom: [valeur] for nom, valeur in champs.items()}
    return client.post(reponse.wsgi_request.get_full_path(), envoi)


def supprimer(client, chemin: str, page=None):
    """Say yes to that page of deletion, opened now or before, with what was read there."""
    page = client.get(chemin) if page is None else page
    lu = {page.context["champ_lu"]: page.context["lu"]} if "lu" in page.context else {}
    assert all(f'name="{nom}" value="{valeur}"' in page.text for nom, valeur in lu.items())
    return client.post(chemin, {"post": "yes", **lu})


def demander_en_nombre(client, action: str, *reservations):
    """That line of the menu, on those réservations."""
    donnees = {"action": action, "_selected_action": [r.pk for r in reservations]}
    return client.post(reverse("admin:planning_reservation_changelist", query={"periode": "tous"}), donnees)
