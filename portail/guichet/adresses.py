"""The addresses of the agents' own screens, under `/admin/`: the site puts them before those of Django's admin."""

from collections.abc import Callable, Iterable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from portail.guichet.certification.au_guichet import CertificationAuGuichet
from portail.guichet.certification.page import CertificationDesDossiers
from portail.guichet.famille.acces import AccesDeFamille
from portail.guichet.famille.comptes import ComptesDeFamille, ComptesEnCsv, ComptesEnPdf
from portail.guichet.famille.depot import DepotPourLaFamille, DepotPourUnEnfant
from portail.guichet.famille.dossier import DossierDeFamille
from portail.guichet.famille.echanges import EchangesDeFamille
from portail.guichet.famille.gestes import GestesDeFamille
from portail.guichet.famille.historique import HistoriqueDeFamille
from portail.guichet.famille.notes import NotesDeFamille
from portail.guichet.importation.apercu import ApercuDImportation, EcritureDImportation
from portail.guichet.importation.colonnes import ColonnesDuFichier
from portail.guichet.importation.depot import DepotDuFichier, FichierDExemple, ModeleARemplir
from portail.guichet.page import PageDAgent
from portail.guichet.pieces.examen import FichierAuGuichet, PieceAVerifier
from portail.guichet.pieces.famille import PiecesDeFamille
from portail.guichet.pieces.file import PiecesAVerifier
from portail.guichet.pieces.relance import PiecesManquantes
from portail.guichet.recherche.page import PageDeRecherche
from portail.guichet.regard.pages import DebutDuRegard, FinDuRegard
from portail.guichet.reglages.ecrans import REGLAGES
from portail.guichet.rentree.accueil import LaRentree
from portail.guichet.rentree.classes import ClassesDeRentree, RetourDesClassesDeRentree
from portail.guichet.rentree.documents import DocumentsDeRentree
from portail.guichet.rentree.inscriptions import (
    InscriptionsDeRentree,
    MessagesDeRentree,
    PrestationDeRentree,
    RetourDePrestation,
)
from portail.guichet.rentree.tarifs import RetourDesTarifsDeRentree, TarifsDeRentree

Vue = Callable[..., HttpResponseBase]

PAGES: Iterable[type[PageDAgent]] = (
    PageDeRecherche,
    CertificationDesDossiers,
    CertificationAuGuichet,
    PiecesAVerifier,
    PiecesManquantes,
    PieceAVerifier,
    FichierAuGuichet,
    PiecesDeFamille,
    DossierDeFamille,
    GestesDeFamille,
    EchangesDeFamille,
    ComptesDeFamille,
    ComptesEnCsv,
    ComptesEnPdf,
    AccesDeFamille,
    NotesDeFamille,
    DepotPourLaFamille,
    DepotPourUnEnfant,
    HistoriqueDeFamille,
    DebutDuRegard,
    FinDuRegard,
    DepotDuFichier,
    FichierDExemple,
    ModeleARemplir,
    ColonnesDuFichier,
    ApercuDImportation,
    EcritureDImportation,
    LaRentree,
    ClassesDeRentree,
    RetourDesClassesDeRentree,
    InscriptionsDeRentree,
    MessagesDeRentree,
    PrestationDeRentree,
    RetourDePrestation,
    TarifsDeRentree,
    RetourDesTarifsDeRentree,
    DocumentsDeRentree,
    *REGLAGES,
)


def adresses(ouvrir: Callable[[Vue], Vue]) -> list[URLPattern]:
    """`ouvrir`: the admin's own door, that keeps parents out."""
    return [path(page.chemin, ouvrir(page.as_view()), name=page.nom) for page in PAGES]
