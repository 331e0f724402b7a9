"""`python -m portail.base_embarquee PGDATA`: stop the server of a folder if no living process uses it any more."""

import sys
from pathlib import Path

from .serveur import Serveur

sys.exit(0 if Serveur(Path(sys.argv[1])).rendre() else "Cette base sert encore à un autre programme.")
