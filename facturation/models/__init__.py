"""Money's tables: régies, prices, and the three kinds of operations. One noun a module."""

from facturation.models.affectations.affectation import Affectation
from facturation.models.affectations.reste_du import ResteDu
from facturation.models.papiers.cahier import Cahier
from facturation.models.papiers.document import DocumentFacture
from facturation.models.tipi.notification import NotificationTipi
from facturation.models.tipi.paiement_en_ligne import PaiementEnLigne

from .apercu import ApercuDeCampagne, PartDApercu
from .avoir import Avoir
from .campagne import CampagneDeFacturation
from .compteur import Compteur
from .facture import Facture
from .ligne import Ligne
from .regie import Regie, StructureEnRegie
from .reglement import Reglement
from .tarif import ReportDeTarif, Tarif, TrancheDeTarif

__all__ = [
    "Affectation",
    "ApercuDeCampagne",
    "Avoir",
    "Cahier",
    "CampagneDeFacturation",
    "Compteur",
    "DocumentFacture",
    "Facture",
    "Ligne",
    "NotificationTipi",
    "PaiementEnLigne",
    "PartDApercu",
    "Regie",
    "Reglement",
    "ReportDeTarif",
    "ResteDu",
    "StructureEnRegie",
    "Tarif",
    "TrancheDeTarif",
]
