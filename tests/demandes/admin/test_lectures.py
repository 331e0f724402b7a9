"""Each time an agent reads what is private of a request, the journal says who, of whom, and which."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from demandes.models import Demande
from famille.models import Compte, LectureConfidentielle
from planning.models import Reservation
from tests.demandes.bureau import FILE, page
from tests.demandes.jours import MERCREDIS, codes, declarer_absent
from tests.demandes.outils import PDF, changer_de_mobile, deposer

pytestmark = pytest.mark.django_db


def bureau_de(agent: Compte) -> Client:
    bureau = Client()
    bureau.force_login(agent)
    return bureau


def lectures() -> list[tuple[str, str, str]]:
    lues = LectureConfidentielle.objects.order_by("pk").values_list("enfant_nom", "objet", "par_identifiant")
    return [tuple(mot.replace("\xa0", " ") for mot in lue) for lue in lues]


@pytest.fixture
def absence(dupont, mercredis, jeudi_2_avril) -> Demande:
    mercredis.prendre(MERCREDIS[:1], "reservee", par=dupont.compte)
    return declarer_absent(dupont, mercredis, MERCREDIS[:1])


def test_la_raison_d_une_absence_est_une_lecture(absence, agent):
    html = bureau_de(agent).get(page(absence)).content.decode()

    assert "Mariage" in html
    assert lectures() == [("Léa DUPONT", f"Demande n° {absence.pk}", "agent")]


def test_son_certificat_aussi(parent, dupont, mercredis, agent, jeudi_2_avril):
    parent.force_login(dupont.compte)
    mercredis.prendre(MERCREDIS[:1], "reservee", par=dupont.compte)
    envoi = {"jours": codes(mercredis, MERCREDIS[:1]), "raison": "Grippe"}
    envoi["avec-pieces"] = [SimpleUploadedFile("certificat.pdf", PDF)]
    parent.post(reverse("demandes:nouvelle_enfant", args=[dupont.enfants[0].pk, "absence"]), envoi)
    piece = Demande.objects.get().pieces.get()

    adresse = reverse("admin:demandes_demande_piece", args=[piece.demande_id, piece.pk])
    assert b"".join(bureau_de(agent).get(adresse).streaming_content) == PDF
    assert lectures() == [("Léa DUPONT", f"Demande n° {piece.demande_id}", "agent")]


def test_un_compte_bancaire_demande_est_au_nom_de_la_famille(dupont, regisseur, directrice):
    demande = deposer(dupont, "bancaires", titulaire="Rosemonde PLAISANT")
    bureau = bureau_de(directrice)

    # The queue says nothing of it, hence notes nothing.
    assert "PLAISANT" not in bureau.get(FILE).content.decode()
    assert lectures() == []
    assert "Rosemonde PLAISANT" in bureau.get(page(demande)).content.decode()
    assert lectures() == [("DUPONT (1001001818331)", f"Demande n° {demande.pk}", "directrice")]


def test_une_demande_ordinaire_n_est_pas_au_journal(dupont, agent):
    bureau_de(agent).get(page(changer_de_mobile(dupont)))

    assert lectures() == []


def test_qui_n_a_pas_le_droit_ne_lit_rien_et_n_est_pas_au_journal(dupont, agent):
    demande = deposer(dupont, "bancaires", titulaire="Rosemonde PLAISANT")

    assert bureau_de(agent).get(page(demande)).status_code == 403
    assert lectures() == []


def test_la_page_d_un_jour_qui_dit_pourquoi_est_une_lecture(absence, agent):
    [journee] = Reservation.objects.all()
    adresse = reverse("admin:planning_reservation_change", args=[journee.pk])

    assert "Mariage" in bureau_de(agent).get(adresse).content.decode()
    assert lectures() == [("Léa DUPONT", "Motif du 08/04/2015", "agent")]
    Reservation.objects.update(motif="")
    bureau_de(agent).get(adresse)
    assert len(lectures()) == 1
