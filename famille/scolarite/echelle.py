"""From one class to the next: the ladder of primary school, and the usual class of an age."""

from datetime import date
from itertools import pairwise

from famille.models import Enfant
from socle.annee_scolaire import AnneeScolaire

Classe = Enfant.Classe
MATERNELLE = (Classe.TPS, Classe.PS, Classe.MS, Classe.GS)
ELEMENTAIRE = (Classe.CP, Classe.CE1, Classe.CE2, Classe.CM1, Classe.CM2)
ECHELLE = (*MATERNELLE, *ELEMENTAIRE, Classe.COLLEGE)
AGE_DES_TPS = 2  # turned in the year of the rentrée
LOIN = 2  # steps of the ladder between a class and that of the age: one is a year in advance or behind


def suivante(classe: str) -> str:
    """Where one goes up to from there; empty if the ladder does not say (ULIS, no class, collège)."""
    marches = {str(avant): str(apres) for avant, apres in pairwise(ECHELLE)}
    return marches.get(classe, "")


def classe_de_l_age(naissance: date, annee: AnneeScolaire) -> str:
    """Petite section in the year of one's three years. Empty before school; collège for all who are older."""
    marche = annee.debut - naissance.year - AGE_DES_TPS
    return "" if marche < 0 else str(ECHELLE[min(marche, len(ECHELLE) - 1)])


def est_loin(classe: str, autre: str) -> bool:
    """Of two classes of the ladder: further apart than a year in advance or behind."""
    marches = [str(marche) for marche in ECHELLE]
    return classe in marches and autre in marches and abs(marches.index(classe) - marches.index(autre)) >= LOIN
