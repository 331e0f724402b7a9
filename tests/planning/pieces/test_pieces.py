"""The documents that familles owe: of whom, where each stands, and what one does not book without."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from famille.models import FichierDePiece, PieceDemandee, PieceFournie, Rattachement
from famille.models.pieces.fournie import DejaDecidee
from famille.models.pieces.redemande import Redemande
from planning import erreurs
from planning.models import Derogation, Inscription, PieceExigee
from planning.pieces.attendue import EtatDePiece
from planning.pieces.lecture import pieces_attendues
from socle.fichiers.examen import Fichier, TypeMime
from tests import fabriques
from tests.demandes.outils import PDF
from tests.planning.places.outils import MERCREDI, RENTREE

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")
LE, HIER, DEMAIN = date(2015, 4, 2), date(2015, 4, 1), date(2015, 4, 3)
SUIVANT = date(2015, 4, 29)
FICHIER = Fichier("carnet.pdf", TypeMime.PDF, PDF)


@pytest.fixture
def lea(dupont, mercredi, agent) -> Inscription:
    return Inscription.objects.inscrire(dupont.enfants[0], mercredi, dupont.famille, du=RENTREE, par=agent)


@pytest.fixture
def vaccins(db) -> PieceDemandee:
    return PieceDemandee.objects.create(nom="Vaccins", du=RENTREE, bloquante=True, de_sante=True)


def deposer(piece, foyer, enfant=None) -> PieceFournie:
    return PieceFournie.objects.deposer(piece, foyer.famille, enfant, [FICHIER], par=foyer.compte)


def etats(foyer, jour: date = LE) -> list[tuple[str, EtatDePiece]]:
    return [(une.nom, une.etat) for une in pieces_attendues(jour, [foyer.famille.pk])]


def test_d_un_etat_a_l_autre(lea, vaccins, dupont, agent):
    assert etats(dupont) == [("Vaccins", EtatDePiece.A_FOURNIR)]
    refusee = deposer(vaccins, dupont, lea.enfant)
    assert etats(dupont) == [("Vaccins", EtatDePiece.RECUE)]
    refusee.refuser("Illisible", par=agent)
    assert etats(dupont) == [("Vaccins", EtatDePiece.REFUSEE)]
    bonne = deposer(vaccins, dupont, lea.enfant)
    bonne.verifier(expire_le=DEMAIN, par=agent)
    assert etats(dupont) == [("Vaccins", EtatDePiece.VERIFIEE)]
    assert etats(dupont, SUIVANT) == [("Vaccins", EtatDePiece.EXPIREE)]
    with pytest.raises(DejaDecidee):
        bonne.refuser("Trop tard", par=agent)
    assert PieceFournie.objects.get(pk=bonne.pk).etat == "verifiee"


def test_ce_qui_tient_parle_avant_ce_qui_attend(lea, vaccins, dupont, agent):
    deposer(vaccins, dupont, lea.enfant).verifier(expire_le=None, par=agent)
    deposer(vaccins, dupont, lea.enfant)
    assert etats(dupont) == [("Vaccins", EtatDePiece.VERIFIEE)]


def test_un_nouvel_envoi_prend_la_place_de_celui_que_personne_n_a_regarde(lea, vaccins, dupont):
    deposer(vaccins, dupont, lea.enfant)
    deposer(vaccins, dupont, lea.enfant)
    assert (PieceFournie.objects.count(), FichierDePiece.objects.count()) == (1, 1)


def test_elle_est_demandee_de_qui_vient_a_ce_qui_la_veut(lea, vaccins, dupont, martin, mercredi, vacances):
    # No child of the MARTINs comes to anything.
    assert etats(martin) == []
    PieceExigee.objects.create(piece=vaccins, prestation=vacances)
    assert etats(dupont) == []
    PieceExigee.objects.create(piece=vaccins, prestation=mercredi)
    assert etats(dupont) == [("Vaccins", EtatDePiece.A_FOURNIR)]
    assert [une.famille for une in pieces_attendues(LE)] == [dupont.famille.pk]
    PieceDemandee.objects.update(du=RENTREE, au=HIER)
    assert etats(dupont) == []


def test_celle_de_la_famille_ne_se_demande_qu_une_fois(lea, dupont, mercredi, agent):
    qf = PieceDemandee.objects.create(nom="Attestation de quotient familial", du=RENTREE, pour="famille")
    tom = fabriques.EnfantFactory(famille=dupont.famille)
    Inscription.objects.inscrire(tom, mercredi, dupont.famille, du=RENTREE, par=agent)
    [une] = pieces_attendues(LE, [dupont.famille.pk])
    assert (une.enfant, une.nom) == (None, qf.nom)
    PieceFournie.objects.voir_sur_papier(qf, dupont.famille, None, expire_le=None, par=agent)
    assert etats(dupont) == [(qf.nom, EtatDePiece.VERIFIEE)]


def test_celle_d_un_enfant_sert_aux_deux_familles_d_une_garde_alternee(lea, vaccins, dupont, martin, mercredi, agent):
    Rattachement.objects.create(enfant=lea.enfant, famille=martin.famille)
    Inscription.objects.inscrire(lea.enfant, mercredi, martin.famille, du=RENTREE, par=agent)
    deposer(vaccins, dupont, lea.enfant).verifier(expire_le=None, par=agent)
    assert etats(martin) == [("Vaccins", EtatDePiece.VERIFIEE)]


def test_l_assurance_est_celle_de_la_fiche(lea, dupont):
    PieceDemandee.objects.create(nom="Assurance", du=RENTREE, tenue_par="assurance")
    lea.enfant.assurance.delete()
    assert etats(dupont) == [("Assurance", EtatDePiece.A_FOURNIR)]
    fabriques.AssuranceFactory(enfant=lea.enfant, expire_le=LE)
    assert etats(dupont) == [("Assurance", EtatDePiece.VERIFIEE)]
    assert etats(dupont, DEMAIN) == [("Assurance", EtatDePiece.EXPIREE)]


def test_redemandee_ce_qui_precede_vaut_jusqu_au_jour_dit(lea, vaccins, dupont, agent, jeudi_2_avril):
    deposer(vaccins, dupont, lea.enfant).verifier(expire_le=None, par=agent)
    jeudi_2_avril.move_to("2015-06-10T08:00:00+02:00")
    assert PieceDemandee.objects.redemander(date(2015, 9, 1), [vaccins]) == 1
    assert PieceDemandee.objects.redemander(date(2015, 9, 1), [vaccins]) == 0
    assert etats(dupont, date(2015, 8, 31)) == [("Vaccins", EtatDePiece.VERIFIEE)]
    assert etats(dupont, date(2015, 9, 1)) == [("Vaccins", EtatDePiece.A_FOURNIR)]
    deposer(vaccins, dupont, lea.enfant).verifier(expire_le=None, par=agent)
    assert etats(dupont, date(2015, 9, 1)) == [("Vaccins", EtatDePiece.VERIFIEE)]


def test_l_annee_scolaire_finit_a_la_suivante_pour_ce_qui_arrive_l_ete():
    piece = PieceDemandee(echeance="annee")
    assert piece.fin_proposee(LE) == date(2015, 8, 31)
    assert piece.fin_proposee(date(2015, 6, 1)) == date(2016, 8, 31)
    assert PieceDemandee().fin_proposee(LE) is None


def test_on_ne_reserve_pas_sans_elle_si_le_centre_l_exige(lea, vaccins, dupont, agent):
    with pytest.raises(erreurs.DossierIncomplet, match="Il manque un document pour réserver") as refus:
        lea.reserver([MERCREDI], par=dupont.compte)
    assert refus.value.suite[0] == "pieces"
    with pytest.raises(erreurs.DossierIncomplet, match="Vaccins"):
        lea.reserver([MERCREDI], par=agent)
    [journee] = lea.reserver([SUIVANT], par=agent, derogation="Le carnet arrive demain")
    assert [une.sorte for une in Derogation.objects.all()] == ["dossier"]
    journee.annuler(par=agent)
    deposer(vaccins, dupont, lea.enfant)
    lea.demander([MERCREDI], par=dupont.compte)


def test_une_piece_que_rien_n_exige_ne_bloque_pas_ni_celle_d_une_autre_prestation(lea, vaccins, vacances, dupont):
    PieceExigee.objects.create(piece=vaccins, prestation=vacances)
    PieceDemandee.objects.create(nom="Photo", du=RENTREE)
    lea.demander([MERCREDI], par=dupont.compte)


def test_rien_de_plus_n_est_lu_ou_le_centre_ne_demande_rien(lea, dupont, agent):
    def compter() -> int:
        with CaptureQueriesContext(connection) as captees:
            lea.reserver([MERCREDI], par=agent)
        lea.reservations.all().delete()
        return len(captees)

    compter()
    sans = compter()
    PieceDemandee.objects.create(nom="Photo", du=RENTREE)
    assert compter() == sans
    PieceDemandee.objects.update(bloquante=True)
    deposer(PieceDemandee.objects.get(), dupont, lea.enfant)
    assert compter() == sans + 1


def test_redemandee_deux_annees_ce_qui_ne_valait_plus_ne_vaut_pas_de_nouveau(
    lea, vaccins, dupont, agent, jeudi_2_avril
):
    deposer(vaccins, dupont, lea.enfant).verifier(expire_le=None, par=agent)
    jeudi_2_avril.move_to("2015-06-10T08:00:00+02:00")
    Redemande(date(2015, 9, 1), [vaccins], certification=False).redemander(par=agent)
    assert etats(dupont, date(2016, 6, 1)) == [("Vaccins", EtatDePiece.A_FOURNIR)]
    jeudi_2_avril.move_to("2016-06-10T08:00:00+02:00")
    Redemande(date(2016, 9, 1), [vaccins], certification=False).redemander(par=agent)
    assert etats(dupont, date(2016, 6, 11)) == [("Vaccins", EtatDePiece.EXPIREE)]


def test_ce_que_l_autre_foyer_a_renouvele_ou_que_le_centre_ne_demande_plus_n_est_pas_a_renouveler(
    lea, vaccins, dupont, martin, agent
):
    Rattachement.objects.create(enfant=lea.enfant, famille=martin.famille)
    ancienne = deposer(vaccins, dupont, lea.enfant)
    ancienne.verifier(expire_le=HIER, par=agent)
    assert list(PieceFournie.objects.a_renouveler(LE)) == [ancienne]
    deposer(vaccins, martin, lea.enfant).verifier(expire_le=None, par=agent)
    assert not PieceFournie.objects.a_renouveler(LE).exists()
    PieceFournie.objects.filter(famille=martin.famille).delete()
    PieceDemandee.objects.update(au=HIER)
    assert not PieceFournie.objects.a_renouveler(LE).exists()
