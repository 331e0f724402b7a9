"""What is done to a second factor is told to its owner, in the transaction that does it."""

from courriels.depot import deposer
from courriels.models import Courriel
from famille.avis_de_securite import second_facteur
from famille.models import Compte


def prevenir_du_second_facteur(compte: Compte, phrase: str) -> None:
    """`phrase`: what was done, without its end."""
    if compte.courriel:
        deposer([Courriel.a(compte.courriel, second_facteur(compte.pk, phrase), dossier=compte.dossier)])
