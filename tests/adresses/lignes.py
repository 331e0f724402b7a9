"""Whose rows the addresses name, and which: those of the DUPONTs."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.tokens import default_token_generator
from django.contrib.contenttypes.models import ContentType
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.timezone import localdate

from demandes.models import Demande
from demandes.models import Piece as PieceDeDemande
from facturation.models import PaiementEnLigne
from famille.models import AppareilDeConfiance, Compte, FichierAImporter, PieceDemandee, PieceFournie
from famille.mots_de_passe import adresse
from messagerie.models import Document, Envoi, Fil
from messagerie.models import Piece as PieceDeMessage
from planning.models import FeuilleDeCuisine, Inscription
from socle.annee_scolaire import AnneeScolaire
from socle.fichiers.examen import Fichier, TypeMime
from tests.demandes.outils import changer_de_mobile
from tests.distribution import Foyer
from tests.facturation.fabriques import campagne as une_campagne
from tests.facturation.fabriques import operations, paiement_en_ligne
from tests.planning.fabriques import prestation as une_prestation


@dataclass(frozen=True)
class Troupe:
    """Who visits, and whose rows the addresses name: the DUPONTs'."""

    dupont: Foyer
    martin: Foyer
    nouveau: Foyer
    agent: Compte
    stagiaire: Compte


def fichier_a_importer(troupe: Troupe) -> list:
    table = {"entetes": ["Enfant nom"], "lignes": [[2, ["DUPONT"]]]}
    return [FichierAImporter.objects.create(nom="familles.csv", table=table, par=troupe.agent).pk]


def rien(troupe: Troupe) -> list:
    return []


def annee(troupe: Troupe) -> list:
    """A rentrée that is prepared now."""
    return [AnneeScolaire.de(localdate())]


def rentree(troupe: Troupe) -> list:
    """A prestation, at that rentrée."""
    return [*annee(troupe), une_prestation().pk]


def enfant(troupe: Troupe) -> list:
    return [troupe.dupont.enfants[0].pk]


def famille(troupe: Troupe) -> list:
    return [troupe.dupont.famille.pk]


def jour(troupe: Troupe) -> list:
    return [2015, 4, 8]


def tableur(troupe: Troupe) -> list:
    return ["csv"]


def feuille(troupe: Troupe) -> list:
    return [FeuilleDeCuisine.objects.imprimer(date(2015, 4, 8), [], par=troupe.agent).pk]


def depot(troupe: Troupe) -> list:
    return [*famille(troupe), "responsable"]


def depot_enfant(troupe: Troupe) -> list:
    return [*famille(troupe), *enfant(troupe), "identite"]


def mois_enfant(troupe: Troupe) -> list:
    return [*enfant(troupe), 2015, 4]


def jour_enfant(troupe: Troupe) -> list:
    return [*mois_enfant(troupe), 8]


def choix(troupe: Troupe) -> list:
    return [*mois_enfant(troupe), "reservation"]


def lien(troupe: Troupe) -> list:
    compte = troupe.dupont.compte
    return [urlsafe_base64_encode(force_bytes(compte.pk)), default_token_generator.make_token(compte)]


def lien_d_adresse(troupe: Troupe) -> list:
    return [adresse.jeton(troupe.dupont.titulaire)]


def responsable(troupe: Troupe) -> list:
    return [troupe.dupont.titulaire.pk]


def compte(troupe: Troupe) -> list:
    return [troupe.dupont.compte.pk]


def appareil(troupe: Troupe) -> list:
    """A tablet that the front desk trusts."""
    return [AppareilDeConfiance.ajouter(troupe.agent, "Tablette")[0].pk]


def fiche_en_ligne(troupe: Troupe) -> list:
    return [ContentType.objects.get_for_model(Compte).pk, troupe.dupont.compte.pk]


def application(troupe: Troupe) -> list:
    return ["famille"]


def genre(troupe: Troupe) -> list:
    return ["responsable"]


def genre_enfant(troupe: Troupe) -> list:
    return [*enfant(troupe), "identite"]


def demande(troupe: Troupe) -> list:
    """A request of the DUPONTs', pending until a visitor withdraws or decides it."""
    demande = troupe.dupont.famille.demandes.first() or changer_de_mobile(troupe.dupont)
    return [demande.pk]


def piece_de_demande(troupe: Troupe) -> list:
    piece = PieceDeDemande.objects.first() or PieceDeDemande.depuis(Fichier("rib.pdf", TypeMime.PDF, b"%PDF-1.7 %%EOF"))
    piece.demande = Demande.objects.get(pk=demande(troupe)[0])
    piece.save()
    return [piece.demande_id, piece.pk]


def piece_d_enfant(troupe: Troupe) -> list:
    """Asked of Léa, who comes to something."""
    piece, _ = PieceDemandee.objects.get_or_create(nom="Photo d’identité", du=date(2014, 9, 1))
    lea, famille = troupe.dupont.enfants[0], troupe.dupont.famille
    if not lea.inscriptions.exists():
        Inscription.objects.inscrire(lea, une_prestation(), famille, du=date(2014, 9, 1), par=troupe.agent)
    return [piece.pk, lea.pk]


def piece_demandee(troupe: Troupe) -> list:
    """Asked once of the famille."""
    piece_d_enfant(troupe)
    return [PieceDemandee.objects.get_or_create(nom="Attestation", pour="famille", du=date(2014, 9, 1))[0].pk]


def piece_fournie(troupe: Troupe) -> list:
    piece, foyer = PieceDemandee.objects.get(pk=piece_d_enfant(troupe)[0]), troupe.dupont
    deja = PieceFournie.objects.first()
    recu = Fichier("photo.pdf", TypeMime.PDF, b"%PDF-1.7 %%EOF")
    return [(deja or PieceFournie.objects.deposer(piece, foyer.famille, foyer.enfants[0], [recu], par=foyer.compte)).pk]


def fichier_de_piece(troupe: Troupe) -> list:
    return [PieceFournie.objects.get(pk=piece_fournie(troupe)[0]).fichiers.get().pk]


def fil(troupe: Troupe) -> list:
    fils = troupe.dupont.famille.fils
    return [(fils.first() or Fil.ecrire_au_centre(troupe.dupont.titulaire, "Goûter", "Est-il fourni ?")).pk]


def piece(troupe: Troupe) -> list:
    piece = PieceDeMessage.depuis(Fichier("certificat.pdf", TypeMime.PDF, b"%PDF-1.7"))
    piece.message = Fil.objects.get(pk=fil(troupe)[0]).messages.first()
    piece.save()
    return [piece.pk]


def document(troupe: Troupe) -> list:
    document = Document(titre="Menus de mai", categorie=Document.Categorie.MENUS)
    document.recevoir(Fichier("menus.pdf", TypeMime.PDF, b"%PDF-1.7"))
    document.save()
    return [document.pk]


def facture(troupe: Troupe) -> list:
    return [operations(troupe.dupont.famille)[0].pk]


def reglement(troupe: Troupe) -> list:
    return [operations(troupe.dupont.famille)[1].pk]


def avoir(troupe: Troupe) -> list:
    return [operations(troupe.dupont.famille)[2].pk]


def paiement(troupe: Troupe) -> PaiementEnLigne:
    return paiement_en_ligne(troupe.dupont.famille)


def refdet(troupe: Troupe) -> list:
    return [paiement(troupe).refdet]


def paiement_pk(troupe: Troupe) -> list:
    return [paiement(troupe).pk]


def jeton(troupe: Troupe) -> list:
    return ["faux"]


def campagne(troupe: Troupe) -> list:
    return [une_campagne().pk]


def cahier(troupe: Troupe) -> list:
    return [une_campagne().pk, 1]


def envoi(troupe: Troupe) -> list:
    return [Envoi.objects.create(sujet="Grève", texte="Fermé.", sorte="toutes", cree_par=troupe.agent).pk]


def prestation(troupe: Troupe) -> list:
    return [une_prestation().pk]


def mois(troupe: Troupe) -> list:
    return [une_prestation().pk, 2015, 4]


def appel(troupe: Troupe) -> list:
    return [une_prestation().pk, 2015, 4, 8]


def structure(troupe: Troupe) -> list:
    return [une_prestation().structure_id]


def appel_de_structure(troupe: Troupe) -> list:
    return [une_prestation().structure_id, 2015, 4, 8]


def logo(troupe: Troupe) -> list:
    """No centre of the tests has one."""
    return ["0123456789abcdef"]


def texte(troupe: Troupe) -> list:
    return ["demande_deposee"]


def groupe(troupe: Troupe) -> list:
    return [troupe.agent.groups.get().pk]


def couleur(troupe: Troupe) -> list:
    return ["0d5c63"]
