"""What is asked again of the familles for the new year, counted first, by the direction."""

from datetime import date

import pytest

from famille.models import DateDeCertification, PieceDemandee

PAGE = "/admin/guichet/rentree/2027-2028/documents/"


@pytest.fixture(autouse=True)
def juin(time_machine, db) -> None:
    time_machine.move_to("2027-06-21 10:00+02:00", tick=False)


def test_la_certification_se_redemande_une_fois(client, directrice, dupont):
    client.force_login(directrice)
    assert "Aucun document n’est à redemander." in client.get(PAGE).content.decode()
    envoi = {"certifier": "on", "le": "01/09/2027"}
    question = client.post(PAGE, envoi).context["confirmation"]
    assert question.bouton == "Redemander la certification"
    fin = client.post(PAGE, envoi | {"confirme": question.lu}, follow=True).content.decode()
    assert "Dossiers à certifier à partir du 01/09/2027" in fin
    assert DateDeCertification.objects.filter(par=directrice).count() == 1
    assert "déjà demandé pour ce jour" in client.post(PAGE, envoi, follow=True).content.decode()


def test_des_documents_se_redemandent_une_fois(client, directrice, dupont):
    client.force_login(directrice)
    photo = PieceDemandee.objects.create(nom="Photo", du=date(2026, 9, 1))
    page = client.get(PAGE).content.decode()
    assert "Redemander «\u00a0Photo\u00a0»" in page
    assert "Aucun document" not in page
    envoi = {"pieces": [photo.pk], "le": "01/09/2027"}
    question = client.post(PAGE, envoi).context["confirmation"]
    assert question.bouton == "Redemander 1\u00a0document"
    assert "donner de nouveau «\u00a0Photo\u00a0»" in question.phrases[0]
    renonce = client.post(PAGE, envoi | {"confirme": question.lu, "renoncer": "oui"})
    assert renonce.context["form"]["pieces"].value() == [str(photo.pk)]
    client.post(PAGE, envoi | {"confirme": question.lu})
    photo.refresh_from_db()
    assert (photo.redemandee_le, photo.redemandee_pour) == (date(2027, 6, 21), date(2027, 9, 1))
    assert not DateDeCertification.objects.exists()
    assert "déjà demandé pour ce jour" in client.post(PAGE, envoi, follow=True).content.decode()


def test_un_jour_d_une_autre_annee_se_refuse(client, directrice):
    client.force_login(directrice)
    reponse = client.post(PAGE, {"certifier": "on", "le": "01/09/2026"})
    assert reponse.status_code == 422
    assert "de l’année 2027-2028" in str(reponse.context["form"].errors)


@pytest.mark.parametrize("groupe", ["agent", "animateur", "regisseur"])
def test_seule_la_direction_redemande(client, request, groupe):
    client.force_login(request.getfixturevalue(groupe))
    assert [client.get(PAGE).status_code, client.post(PAGE).status_code] == [403, 403]


def test_le_tableau_de_bord_y_mene_de_juin_a_octobre(client, request, time_machine):
    vus = {}
    for groupe in ("agent", "animateur", "regisseur", "directrice"):
        client.force_login(request.getfixturevalue(groupe))
        page = client.get("/admin/").content.decode()
        vus[groupe] = 'href="/admin/guichet/rentree/"' in page
    assert vus == {"agent": True, "animateur": False, "regisseur": True, "directrice": True}
    time_machine.move_to("2027-11-02 10:00+02:00", tick=False)
    client.force_login(request.getfixturevalue("directrice"))
    assert 'href="/admin/guichet/rentree/"' not in client.get("/admin/").content.decode()
