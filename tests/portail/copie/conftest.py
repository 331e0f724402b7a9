"""A row of each kind, in a foyer."""

import pytest

from demandes.models import Piece as PieceDeDemande
from famille.models import LectureConfidentielle
from messagerie.models import Fil
from socle.fichiers.examen import Fichier, TypeMime
from tests.demandes.outils import changer_de_mobile
from tests.distribution import Foyer
from tests.facturation.fabriques import operations, paiement_en_ligne
from tests.messagerie.fabriques import accorder_le_courriel
from tests.portail.copie.outils import PDF


@pytest.fixture
def remplir(agent, animateur, directrice):
    """A row of each kind, in the name of that foyer."""

    def remplir(foyer: Foyer) -> None:
        famille, prenom = foyer.famille, foyer.titulaire.prenom
        accorder_le_courriel(foyer.titulaire)
        operations(famille)
        paiement_en_ligne(famille)
        fil = Fil.ecrire_au_centre(
            foyer.titulaire,
            f"Goûter de {prenom}",
            "Est-il fourni ?",
            [Fichier("allergie.pdf", TypeMime.PDF, PDF.replace(b"Jean", prenom.encode()))],
        )
        fil.repondre("Oui, il l’est.", par=agent)
        demande = changer_de_mobile(foyer)
        piece = PieceDeDemande.depuis(Fichier("facture d’opérateur.pdf", TypeMime.PDF, PDF))
        piece.demande = demande
        piece.save()
        LectureConfidentielle.objects.noter(foyer.enfants[0], par=animateur)

    return remplir
