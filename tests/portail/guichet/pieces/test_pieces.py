"""Documents at the agents' desk: the queue, one under the eyes, the paper, what is missing and the reminder."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courriels.models import Courriel
from famille.models import LectureConfidentielle, PieceDemandee, PieceFournie
from messagerie.models import Fil
from planning.models import PieceExigee
from tests import fabriques
from tests.demandes.outils import PDF
from tests.planning.pieces.test_pieces import FICHIER
from tests.planning.places.outils import RENTREE, inscrire
from tests.portail.guichet.famille.conftest import accueil, alsh, calendrier_2015, jeudi_2_avril, lea, mercredi
from tests.portail.guichet.famille.outils import confirmer, page, phrases, question

__all__ = ["accueil", "alsh", "calendrier_2015", "jeudi_2_avril", "lea", "mercredi"]
pytestmark = pytest.mark.usefixtures("jeudi_2_avril")
ECRAN, MANQUANTES = "/admin/guichet/pieces/", "/admin/guichet/pieces/manquantes/"
LE = date(2015, 4, 2)


@pytest.fixture
def direction(directrice) -> Client:
    client = Client()
    client.force_login(directrice)
    return client


@pytest.fixture
def photo(lea) -> PieceDemandee:
    return PieceDemandee.objects.create(nom="Photo", du=RENTREE, echeance="annee")


@pytest.fixture
def vaccins(lea) -> PieceDemandee:
    return PieceDemandee.objects.create(nom="Vaccins", du=RENTREE, de_sante=True, echeance="date")


def deposer(piece: PieceDemandee, dupont) -> PieceFournie:
    return PieceFournie.objects.deposer(piece, dupont.famille, dupont.enfants[0], [FICHIER], par=dupont.compte)


def examen(fournie: PieceFournie) -> str:
    return reverse("admin:guichet_piece", args=[fournie.pk])


def test_l_agent_verifie_une_seule_fois_avec_la_fin_proposee(accueil, agent, dupont, photo):
    fournie = deposer(photo, dupont)
    assert "Photo" in accueil.get(ECRAN).content.decode()
    assert 'value="2015-08-31"' in accueil.get(examen(fournie)).content.decode()
    for _ in range(2):
        reponse = accueil.post(examen(fournie), {"geste": "verifier", "expire_le": "2015-08-31"})
    assert phrases(reponse)[-1] == "Cette pièce a déjà sa réponse, ou la famille l’a remplacée."
    fournie.refresh_from_db()
    assert (fournie.etat, fournie.expire_le, fournie.decidee_par) == ("verifiee", date(2015, 8, 31), agent)
    assert "Aucun document à vérifier" in accueil.get(ECRAN).content.decode()


def test_l_agent_refuse_avec_un_motif_que_le_courriel_ne_dit_pas(accueil, dupont, photo):
    fournie = deposer(photo, dupont)
    assert accueil.post(examen(fournie), {"geste": "refuser", "motif": " "}).status_code == 422
    accueil.post(examen(fournie), {"geste": "refuser", "motif": "Floue"})
    fournie.refresh_from_db()
    assert (fournie.etat, fournie.motif) == ("refusee", "Floue")
    assert Fil.objects.get().famille == dupont.famille
    with connection.cursor() as curseur:
        curseur.execute("SELECT (SELECT string_agg(c::text, '') FROM courriels_courriel c), motif "
                        "FROM famille_piecefournie")  # fmt: skip
        assert "Floue" not in str(curseur.fetchall())


def test_une_date_se_donne_ou_elle_est_ecrite_et_n_est_pas_passee(direction, dupont, vaccins):
    fournie = deposer(vaccins, dupont)
    for expire_le in ("", "2015-04-01", "demain"):
        assert direction.post(examen(fournie), {"geste": "verifier", "expire_le": expire_le}).status_code == 422
    direction.post(examen(fournie), {"geste": "verifier", "expire_le": "2015-04-02"})
    assert PieceFournie.objects.get().etat == "verifiee"


def test_la_sante_n_est_qu_a_qui_tient_les_fiches_et_sa_lecture_est_notee(
    accueil, direction, directrice, dupont, vaccins
):
    fournie = deposer(vaccins, dupont)
    fichier = reverse("admin:guichet_piece_fichier", args=[fournie.fichiers.get().pk])
    assert "Un document de santé attend aussi" in accueil.get(ECRAN).content.decode()
    assert [accueil.get(adresse).status_code for adresse in (examen(fournie), fichier)] == [403, 403]
    assert accueil.post(examen(fournie), {"geste": "verifier", "expire_le": "2016-01-01"}).status_code == 403
    onglet = page(dupont.famille, "guichet_famille_pieces")
    assert accueil.post(onglet, {"piece": vaccins.pk, "enfant": dupont.enfants[0].pk}).status_code == 403
    assert "Vérifier ce que" not in accueil.get(onglet).content.decode()
    assert not LectureConfidentielle.objects.exists()
    assert b"".join(direction.get(fichier).streaming_content) == PDF
    [lecture] = LectureConfidentielle.objects.all()
    assert (lecture.enfant, lecture.par, lecture.objet) == (dupont.enfants[0], directrice, "Document\u00a0: Vaccins")


def test_vu_sur_papier_sans_fichier(accueil, agent, dupont, martin, photo, lea):
    onglet = page(dupont.famille, "guichet_famille_pieces")
    envoi = {"piece": photo.pk, "enfant": lea.enfant_id, "expire_le": "2015-08-31"}
    assert accueil.post(onglet, envoi | {"expire_le": "2015-04-01"}).status_code == 422
    assert accueil.post(page(martin.famille, "guichet_famille_pieces"), envoi).status_code == 404
    accueil.post(onglet, envoi)
    [vue] = PieceFournie.objects.all()
    assert (vue.etat, vue.sur_papier, vue.decidee_par, vue.fichiers.count()) == ("verifiee", True, agent, 0)
    assert "jusqu’au 31/08/2015" in accueil.get(onglet).content.decode()
    assert "Aucun fichier" in accueil.get(examen(vue)).content.decode()


def test_ce_qui_se_perime_quitte_la_liste_une_fois_remplace(accueil, agent, dupont, photo):
    fournie = deposer(photo, dupont)
    fournie.verifier(expire_le=LE + timedelta(days=10), par=agent)
    perimees = f"{ECRAN}?voir=perimees"
    assert "12/04/2015" in accueil.get(perimees).content.decode()
    tableau = accueil.get("/admin/").content.decode()
    assert "document à renouveler" in tableau
    deposer(photo, dupont)
    assert "12/04/2015" not in accueil.get(perimees).content.decode()
    assert "document à vérifier" in accueil.get("/admin/").content.decode()


def test_une_relance_par_famille_comptee_d_abord(accueil, agent, dupont, mercredi, photo, vaccins):
    inscrire(mercredi, 1, agent)  # without an address
    html = accueil.get(MANQUANTES).content.decode()
    assert "Vaccins (Léa)" in html.replace("\u00a0", " ")
    demande = accueil.post(MANQUANTES)
    assert question(demande) == [
        "2 documents manquent : 1 famille recevra un e-mail, qui les nomme.",
        "1 famille n’a pas d’adresse : la liste donne le téléphone.",
    ]
    assert not Courriel.objects.exists()
    for _ in range(2):
        confirmer(accueil, demande)
    [courriel] = Courriel.objects.all()
    assert (courriel.destinataire, courriel.dossier) == (dupont.titulaire.email, dupont.famille.pk)
    assert "Vaccins" not in str(courriel.contexte)


def test_chaque_groupe_n_y_fait_que_ce_qu_il_peut(animateur, regisseur, dupont, photo):
    for compte in (animateur, regisseur):
        client = Client()
        client.force_login(compte)
        for adresse in (
            ECRAN,
            MANQUANTES,
            examen(deposer(photo, dupont)),
            page(dupont.famille, "guichet_famille_pieces"),
        ):
            assert client.get(adresse).status_code == 403
        assert client.post(MANQUANTES).status_code == 403


def test_la_direction_dit_ce_qui_est_demande_et_par_quoi(direction, accueil, mercredi, lea):
    ajout = reverse("admin:famille_piecedemandee_add")
    assert accueil.get(ajout).status_code == 403
    lignes = {"exigences-TOTAL_FORMS": 1, "exigences-INITIAL_FORMS": 0, "exigences-0-prestation": mercredi.pk}
    champs = {"nom": "Vaccins", "pour": "enfant", "du": "01/09/2014", "bloquante": "on"}
    assert direction.post(ajout, champs | lignes).status_code == 302
    assert PieceExigee.objects.get().prestation == mercredi
    assert "1\u00a0prestation" in direction.get(reverse("admin:famille_piecedemandee_changelist")).content.decode()
    seule = direction.post(ajout, champs | lignes | {"nom": "Assurance", "pour": "famille", "tenue_par": "assurance"})
    assert "L’assurance est celle de chaque enfant." in seule.content.decode()


def test_les_requetes_ne_grandissent_pas(accueil, agent, dupont, mercredi, photo, lea):
    def compter(adresse: str) -> int:
        with CaptureQueriesContext(connection) as captees:
            assert accueil.get(adresse).status_code == 200
        return len(captees)

    fournie = deposer(photo, dupont)
    adresses = (ECRAN, MANQUANTES, examen(fournie), page(dupont.famille, "guichet_famille_pieces"))
    inscrire(mercredi, 1, agent)
    accueil.get(ECRAN)
    avant = [compter(adresse) for adresse in adresses]
    for inscription in inscrire(mercredi, 5, agent):
        fabriques.ResponsableFactory(famille=inscription.famille)
        compte = fabriques.CompteFactory()
        PieceFournie.objects.deposer(photo, inscription.famille, inscription.enfant, [FICHIER], par=compte)
    inscrire(mercredi, 3, agent)
    assert [compter(adresse) for adresse in adresses] == avant
    assert max(avant) <= 15
