"""La rentrée on the agents' first page, in its season: no query."""

from collections.abc import Iterator
from datetime import date

from famille.models import Compte
from portail.guichet.rentree.annee import SAISON, annee_par_defaut
from portail.guichet.rentree.page import etapes_de
from portail.guichet.tableau_de_bord.tuiles import Tuile
from socle.adresses.formes import adresse_de


def tuiles_de_la_rentree(agent: Compte, le: date) -> Iterator[Tuile]:
    """From June to October, for whoever may make one of its steps."""
    etapes = etapes_de(agent) if le.month in SAISON else []
    if etapes:
        titres = ", ".join(etape.titre.lower() for etape in etapes)
        yield Tuile("préparer la rentrée", str(annee_par_defaut(le)), adresse_de("admin:guichet_rentree"), titres)
