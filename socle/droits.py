"""Who sets the portal up in the browser: the direction. `manage.py droits` prints it; see socle.octroi."""

from socle.octroi.table import DIRECTION, Table

DROITS: Table = {DIRECTION: {"reglage": "regler_le_portail"}}
