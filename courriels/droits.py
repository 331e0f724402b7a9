"""What each group of agents may do with the outbox. `manage.py droits` prints it; see socle.octroi.

Accueil and Direction try again what did not arrive, Régie looks.
"""

from socle.octroi.table import ACCUEIL, DIRECTION, REGIE, Table

DROITS: Table = {
    ACCUEIL: {"courriel": "voir modifier"},
    REGIE: {"courriel": "voir"},
    DIRECTION: {"courriel": "voir modifier"},
}
