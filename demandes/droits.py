"""What each group of agents may do with requests. `manage.py droits` prints it; see socle.octroi.

To decide a kind of request also takes the right to change what it changes: Régie decides CAF and bank, Direction
alone health. Bookings and absences have a right of their own, which Régie has not.
"""

from socle.octroi.table import ACCUEIL, ANIMATION, DIRECTION, REGIE, Table

DROITS: Table = {
    ACCUEIL: {
        "demande": "voir traiter_demande decider_du_planning",
        "motifusuel": "voir ajouter modifier supprimer",
    },
    ANIMATION: {
        "demande": "voir traiter_demande decider_du_planning",
        "motifusuel": "voir",
    },
    REGIE: {
        "demande": "voir traiter_demande",
        "motifusuel": "voir",
    },
    DIRECTION: {
        "demande": "voir traiter_demande decider_du_planning",
        "motifusuel": "voir ajouter modifier supprimer",
    },
}
