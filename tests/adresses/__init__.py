"""Every address of the project, for all the tests that visit. An address goes in; who finds what comes out."""

from tests.adresses.lignes import Troupe
from tests.adresses.modeles import DROITS, INITIALES, MODELES, Modele
from tests.adresses.pages import ADRESSES, CHANGEMENT, LIEN, PORTE, Adresse, Attendu

__all__ = [
    "ADRESSES",
    "CHANGEMENT",
    "DROITS",
    "INITIALES",
    "LIEN",
    "MODELES",
    "PORTE",
    "Adresse",
    "Attendu",
    "Modele",
    "Troupe",
]
