"""Who acts upon the planning: its verbs want to know."""

from demandes.erreurs import NeTientPlus
from famille.models import Compte


def acteur(*comptes: Compte | None) -> Compte:
    """The first of these accounts that there is. Raises NeTientPlus if they are all gone."""
    for compte in comptes:
        if compte is not None:
            return compte
    raise NeTientPlus("Le compte de la personne qui a fait cela n’existe plus.")
