"""Conversations at the agents' desk."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from famille.models import LectureConfidentielle
from messagerie.models import Fil, Piece
from socle.fichiers.examen import Fichier, TypeMime

from ..bureau import adresse

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def fil(dupont) -> Fil:
    return Fil.ecrire_au_centre(dupont.titulaire, "Goûter", "Le goûter est-il fourni ?")


def test_la_liste_montre_d_abord_ce_qui_attend(bureau, fil, martin, agent):
    Fil.ecrire_a(martin.famille, "Sortie", "Bonjour", agent)
    html = bureau.get(adresse("fil_changelist")).content.decode()
    assert "Goûter" in html
    assert "Sortie" not in html
    toutes = bureau.get(adresse("fil_changelist"), {"suivi": "toutes"}).content.decode()
    assert "Sortie" in toutes


@pytest.mark.parametrize(
    ("plus_tard", "dit"),
    [
        (timedelta(seconds=20), "reçu à l’instant"),
        (timedelta(minutes=1), "reçu il y a 1\u00a0minute"),
        (timedelta(days=3), "reçu il y a 3\u00a0jours"),
    ],
)
def test_depuis_quand_la_famille_attend(bureau, fil, agent, plus_tard, dit):
    with time_machine.travel(fil.en_attente_depuis + plus_tard, tick=False):
        bureau.force_login(agent)  # the session of three days ago is over
        assert f">{dit}<" in bureau.get(adresse("fil_changelist")).content.decode()
        page = bureau.get(adresse("fil_change", fil.pk)).content.decode()
    assert f"Attend une réponse\u00a0: message {dit}." in page


def test_la_liste_ne_coute_pas_plus_avec_plus_de_fils(bureau, dupont, martin, django_assert_max_num_queries):
    for n in range(30):
        Fil.ecrire_au_centre((dupont if n % 2 else martin).titulaire, f"Sujet {n}", "Bonjour")
    bureau.get(adresse("fil_changelist"))
    with django_assert_max_num_queries(9):
        html = bureau.get(adresse("fil_changelist")).content.decode()
    assert all(f"Sujet {n}<" in html for n in range(30))


@pytest.mark.parametrize("cherche", ["dupont", "1001001818331", "goûter"])
def test_chercher_une_conversation(bureau, fil, martin, cherche):
    Fil.ecrire_au_centre(martin.titulaire, "Retard", "Bonjour")
    html = bureau.get(adresse("fil_changelist"), {"q": cherche}).content.decode()
    assert ("Goûter" in html, "Retard" in html) == (True, False)


def test_prendre_en_charge_repondre_avec_une_piece(bureau, fil, agent, dupont):
    bureau.post(adresse("fil_prise_en_charge", fil.pk))
    page = bureau.get(adresse("fil_change", fil.pk)).content.decode()
    assert "Vous vous en occupez." in page
    bureau.post(adresse("fil_change", fil.pk), {"texte": "Oui.", "pieces": SimpleUploadedFile("menus.pdf", PDF)})
    fil.refresh_from_db()
    assert (fil.suivi_par, fil.en_attente_depuis) == (agent, None)
    assert fil.messages.last().de == "Centre social Les Tilleuls (Alice MAIRIE)"
    telecharge = bureau.get(adresse("fil_piece", Piece.objects.get().pk))
    assert telecharge.getvalue() == PDF


def test_ouvrir_la_piece_d_un_message_est_une_lecture_au_journal(bureau, dupont):
    """A certificate, perhaps: nobody knows before it is open."""
    fil = Fil.ecrire_au_centre(dupont.titulaire, "Absence", "Malade.", [Fichier("a.pdf", TypeMime.PDF, PDF)])
    piece = Piece.objects.get(message__fil=fil)
    bureau.get(adresse("fil_change", fil.pk))
    assert not LectureConfidentielle.objects.exists()

    assert b"".join(bureau.get(adresse("fil_piece", piece.pk)).streaming_content) == PDF
    lecture = LectureConfidentielle.objects.get()
    assert lecture.objet.startswith("Pièce d’un message du ")
    assert (lecture.enfant, lecture.par_identifiant) == (None, "agent")
    assert "1001001818331" in lecture.enfant_nom


def test_le_second_agent_apprend_qui_s_en_occupe(bureau, fil, directrice):
    fil.prendre_en_charge(directrice)
    page = bureau.post(adresse("fil_prise_en_charge", fil.pk), follow=True).content.decode()
    assert "Diane MAIRIE s’occupe déjà de cette conversation." in page
    bureau.post(adresse("fil_prise_en_charge", fil.pk), {"de": directrice.pk})
    fil.refresh_from_db()
    assert fil.suivi_par.prenom == "Alice"


def test_classer_sans_reponse(bureau, fil):
    bureau.post(adresse("fil_classement", fil.pk))
    assert not Fil.objects.a_traiter().exists()


def test_ecrire_le_premier_a_une_famille(bureau, dupont):
    bureau.post(
        adresse("fil_add"), {"famille": dupont.famille.pk, "sujet": "Sortie", "texte": "Pensez au pique-nique."}
    )
    assert [message.du_centre for message in dupont.famille.fils.get().messages.all()] == [True]


@pytest.mark.parametrize("action", ["fil_prise_en_charge", "fil_classement"])
def test_un_get_ne_fait_rien(bureau, fil, action):
    assert bureau.get(adresse(action, fil.pk)).status_code == 403


def test_sans_droit_pas_de_page_ni_de_piece(client, agent_sans_droit, animateur, fil):
    piece = Piece.objects.create(
        message=fil.messages.get(), nom="a.pdf", type_mime="application/pdf", taille=1, empreinte="0" * 64
    )
    for compte in (agent_sans_droit, animateur):
        client.force_login(compte)
        assert client.get(adresse("fil_changelist")).status_code == 403
        assert client.get(adresse("fil_change", fil.pk)).status_code == 403
        assert client.post(adresse("fil_change", fil.pk), {"texte": "x"}).status_code == 403
        assert client.get(adresse("fil_piece", piece.pk)).status_code == 403
    assert fil.messages.count() == 1


def test_un_parent_n_y_entre_pas(client, dupont, fil):
    client.force_login(dupont.compte)
    assert client.get(adresse("fil_change", fil.pk)).status_code == 403
