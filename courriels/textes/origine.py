"""All the texts that the direction may write anew, by the name of their template; a letter has one of its own."""

from courriels.textes.comptes import COMPTES
from courriels.textes.de_service import SERVICES
from courriels.textes.lettres import LETTRES
from courriels.textes.texte import Texte

TEXTES: dict[str, Texte] = {texte.cle: texte for texte in (*SERVICES, *COMPTES, *LETTRES)}
