"""The IBAN on the agents' pages: masked everywhere, whole in the field where a new one is typed."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from famille.models import InformationsBancaires, LectureConfidentielle
from socle.chiffrement import Secret

pytestmark = pytest.mark.django_db

ENTIER, MASQUE = "FR1420041010050500013M02606", "FR14 •••• •••• 2606"


def page(dupont) -> str:
    return reverse("admin:famille_informationsbancaires_change", args=[dupont.famille.informations_bancaires.pk])


def contenu(client, adresse: str) -> str:
    return client.get(adresse).content.decode()


def test_le_regisseur_voit_l_iban_masque_sur_le_dossier_et_sur_sa_page(client, regisseur, dupont):
    client.force_login(regisseur)

    for adresse in (reverse("admin:famille_famille_change", args=[dupont.famille.pk]), page(dupont)):
        lu = contenu(client, adresse)
        assert MASQUE in lu
        assert "Nouvel IBAN" not in lu.partition(MASQUE)[0]
        assert ENTIER not in lu.replace(" ", "")


def test_la_page_du_compte_est_une_lecture_la_page_de_la_famille_non(client, regisseur, dupont):
    client.force_login(regisseur)

    dossier = contenu(client, reverse("admin:famille_famille_change", args=[dupont.famille.pk]))
    assert "PSSTFRPPTOU" not in dossier
    assert not LectureConfidentielle.objects.exists()
    assert "PSSTFRPPTOU" in contenu(client, page(dupont))
    lecture = LectureConfidentielle.objects.get()
    assert (lecture.enfant, lecture.objet, lecture.par) == (None, "Compte bancaire", regisseur)
    assert "DUPONT" in lecture.enfant_nom


def test_un_compte_qui_n_existe_pas_n_est_pas_une_lecture(client, regisseur):
    client.force_login(regisseur)

    assert client.get(reverse("admin:famille_informationsbancaires_change", args=[1])).url == "/admin/"
    assert not LectureConfidentielle.objects.exists()


@pytest.mark.parametrize("qui", ["agent", "animateur"])
def test_l_accueil_et_l_animation_n_en_voient_rien(request, client, dupont, qui):
    client.force_login(request.getfixturevalue(qui))

    assert MASQUE not in contenu(client, reverse("admin:famille_famille_change", args=[dupont.famille.pk]))
    assert client.get(page(dupont)).status_code == 403
    assert not LectureConfidentielle.objects.exists()


def test_la_liste_ne_dechiffre_rien(client, regisseur, dupont, martin, monkeypatch):
    lus = []
    monkeypatch.setattr(Secret, "en_clair", lambda secret: lus.append(secret) or "")
    client.force_login(regisseur)

    liste = contenu(client, reverse("admin:famille_informationsbancaires_changelist"))

    assert MASQUE in liste
    assert lus == []


def test_un_nouvel_iban_remplace_l_ancien_sans_laisser_de_trace_lisible(client, regisseur, dupont):
    client.force_login(regisseur)

    client.post(page(dupont), {"titulaire": "DUPONT JEANNE", "nouvel_iban": "DE89 3704 0044 0532 0130 00", "bic": ""})

    banque = InformationsBancaires.objects.get(famille=dupont.famille)
    assert (banque.titulaire, banque.iban) == ("DUPONT JEANNE", "DE89370400440532013000")
    assert banque.iban_masque == "DE89 •••• •••• 3000"
    assert "3704" not in LogEntry.objects.get().change_message


def test_laisse_vide_l_iban_reste(client, regisseur, dupont):
    client.force_login(regisseur)

    client.post(page(dupont), {"titulaire": "DUPONT JEANNE", "nouvel_iban": "", "bic": ""})

    assert InformationsBancaires.objects.get(famille=dupont.famille).iban == ENTIER


def test_un_iban_mal_recopie_est_refuse_et_revient_tel_que_saisi(client, regisseur, dupont):
    client.force_login(regisseur)

    reponse = client.post(page(dupont), {"titulaire": "X", "nouvel_iban": "DE88 3704 0044 0532 0130 00", "bic": ""})

    texte = reponse.content.decode()
    assert "Cet IBAN n’est pas valide" in texte
    assert 'value="DE88 3704 0044 0532 0130 00"' in texte
    assert InformationsBancaires.objects.get(famille=dupont.famille).iban == ENTIER


def test_le_regisseur_ajoute_celui_d_une_famille_qui_n_en_avait_pas(client, regisseur, nouveau):
    client.force_login(regisseur)

    client.post(
        reverse("admin:famille_informationsbancaires_add"),
        {"famille": nouveau.famille.pk, "titulaire": "NOUVEAU NOÉ", "nouvel_iban": ENTIER, "bic": ""},
    )

    assert InformationsBancaires.objects.get(famille=nouveau.famille).iban == ENTIER
