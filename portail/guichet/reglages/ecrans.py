"""The direction's screens, for the addresses of the guichet."""

from portail.guichet.page import PageDAgent
from portail.guichet.reglages.agents import LesAgents, NouvelAgent
from portail.guichet.reglages.avis import LesAvis
from portail.guichet.reglages.centre import LeCentre, LeLogo
from portail.guichet.reglages.conservation import LaConservation
from portail.guichet.reglages.couleurs import LesCouleurs
from portail.guichet.reglages.droits import DroitsDUnGroupe, LesDroits
from portail.guichet.reglages.textes import LesTextes, LeTexte

REGLAGES: tuple[type[PageDAgent], ...] = (
    LeCentre,
    LeLogo,
    LesTextes,
    LeTexte,
    LaConservation,
    LesDroits,
    DroitsDUnGroupe,
    LesAgents,
    NouvelAgent,
    LesAvis,
    LesCouleurs,
)
