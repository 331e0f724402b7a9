"""What each group of agents may do with the planning. `manage.py droits` prints it; see socle.octroi.

Accueil enrols and closes, Animation calls the roll, Régie reads, Direction sets up, and opens again what is ended.
"""

from socle.octroi.table import ACCUEIL, ANIMATION, DIRECTION, REGIE, Table

DROITS: Table = {
    ACCUEIL: {
        "structure": "voir",
        "prestation": "voir",
        "pieceexigee": "voir",
        "placesdujour": "voir",
        "vacances": "voir",
        "jourferie": "voir",
        "fermeture": "voir ajouter modifier supprimer",
        "inscription": "voir ajouter modifier",
        "reservation": "voir modifier",
    },
    ANIMATION: {
        "structure": "voir",
        "prestation": "voir",
        "placesdujour": "voir",
        "vacances": "voir",
        "jourferie": "voir",
        "fermeture": "voir",
        "inscription": "voir",
        "reservation": "voir faire_appel",
    },
    REGIE: {
        "structure": "voir",
        "prestation": "voir",
        "placesdujour": "voir",
        "vacances": "voir",
        "jourferie": "voir",
        "fermeture": "voir",
        "inscription": "voir",
        "reservation": "voir",
    },
    DIRECTION: {
        "structure": "voir ajouter modifier supprimer",
        "encadrement": "voir ajouter modifier supprimer",
        "prestation": "voir ajouter modifier supprimer",
        "pieceexigee": "voir ajouter modifier supprimer",
        "placesdujour": "voir ajouter modifier supprimer",
        "vacances": "voir ajouter modifier supprimer",
        "jourferie": "voir ajouter modifier supprimer",
        "fermeture": "voir ajouter modifier supprimer",
        "inscription": "voir ajouter modifier",
        "reservation": "voir modifier faire_appel",
        "appeltermine": "rouvrir_appel",
    },
}
