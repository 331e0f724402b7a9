"""What each group of agents may do with words. `manage.py droits` prints it; see socle.octroi.

Accueil converses and publishes, Animation publishes, Régie converses, Direction does all.
"""

from socle.octroi.table import ACCUEIL, ANIMATION, DIRECTION, REGIE, Table

DROITS: Table = {
    ACCUEIL: {
        "fil": "voir ajouter modifier",
        "message": "voir",
        "piece": "voir",
        "envoi": "voir ajouter modifier supprimer",
        "information": "voir ajouter modifier supprimer",
        "document": "voir ajouter modifier supprimer",
    },
    ANIMATION: {
        "information": "voir ajouter modifier",
        "document": "voir ajouter modifier",
    },
    REGIE: {
        "fil": "voir ajouter modifier",
        "message": "voir",
        "piece": "voir",
    },
    DIRECTION: {
        "fil": "voir ajouter modifier",
        "message": "voir",
        "piece": "voir",
        "envoi": "voir ajouter modifier supprimer",
        "information": "voir ajouter modifier supprimer",
        "document": "voir ajouter modifier supprimer",
    },
}
