"""The household and its people. One noun a module."""

from .assurance import Assurance
from .certification.certification import Certification
from .certification.date_fixee import DateDeCertification
from .compte import Compte
from .ecole import Ecole
from .enfant import Enfant, enfants_de
from .envois import EnvoisDuJour
from .famille import Famille
from .finances.banque import InformationsBancaires
from .finances.caf import InformationsCaf, QuotientFamilial
from .finances.fiscal import InformationsFiscales
from .importation.correspondance import CorrespondanceDeColonnes
from .importation.fichier import FichierAImporter
from .lectures import LectureConfidentielle
from .notes.note import NoteDuCentre
from .pieces.demandee import PieceDemandee
from .pieces.fournie import FichierDePiece, PieceFournie
from .pieces.redemande import Redemande
from .rattachement import Rattachement
from .responsable import Responsable, responsables_de
from .sante.fiche import FicheSanitaire
from .sante.vaccination import Vaccination
from .scolarite.passage import PassageDeClasse
from .second_facteur.appareil import AppareilDeConfiance
from .second_facteur.authentificateur import Authentificateur
from .second_facteur.code_de_secours import CodeDeSecours
from .tiers import Tiers

__all__ = [
    "AppareilDeConfiance",
    "Assurance",
    "Authentificateur",
    "Certification",
    "CodeDeSecours",
    "Compte",
    "CorrespondanceDeColonnes",
    "DateDeCertification",
    "Ecole",
    "Enfant",
    "EnvoisDuJour",
    "Famille",
    "FicheSanitaire",
    "FichierAImporter",
    "FichierDePiece",
    "InformationsBancaires",
    "InformationsCaf",
    "InformationsFiscales",
    "LectureConfidentielle",
    "NoteDuCentre",
    "PassageDeClasse",
    "PieceDemandee",
    "PieceFournie",
    "QuotientFamilial",
    "Rattachement",
    "Redemande",
    "Responsable",
    "Tiers",
    "Vaccination",
    "enfants_de",
    "responsables_de",
]
