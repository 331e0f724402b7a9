"""What the demo's direction has set: who hosts the portal, whom to ask about one's data; and one text in its words."""

from socle.models import Reglage
from socle.reglages.centre import CENTRE, la_commune, le_centre
from socle.reglages.ecriture import ecrire

PAR = "Diane LAMBERT"
MESSAGE = "Bonjour,\n\nUn message de {centre} vous attend sur le portail. Lisez-le, et répondez-y quand vous voulez."


def peupler_reglages() -> None:
    """Once: what somebody sets afterwards stays."""
    if Reglage.objects.exists():
        return
    centre, commune = le_centre(), la_commune()
    dits = {
        "nom": centre.nom,
        "adresse": list(centre.adresse),
        "telephone": centre.telephone,
        "courriel": centre.courriel,
        "horaires": centre.horaires,
        "commune": commune.nom,
        "hebergeur": f"Ville de {commune.nom}, {', '.join(centre.adresse)}, {centre.telephone}",
        "delegue": "donnees@saint-jean.example",
    }
    ecrire(CENTRE, dits, par=PAR)
    ecrire("texte:message_nouveau", {"sujet": "{sujet}", "corps": MESSAGE}, par=PAR)
