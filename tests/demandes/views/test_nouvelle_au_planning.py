"""The form of the days of the planning, without JavaScript, and what a forged one obtains: nothing."""

from datetime import date

import pytest
from django.urls import reverse

from demandes.models import Demande
from tests.demandes.jours import MERCREDIS, codes, etats
from tests.demandes.outils import lire

pytestmark = pytest.mark.django_db


def test_des_jours_du_planning_se_demandent_sans_javascript(parent, dupont, mercredi, inscrire, jeudi_2_avril):
    parent.force_login(dupont.compte)
    inscription = inscrire(mercredi)
    adresse = reverse("demandes:nouvelle_enfant", args=[dupont.enfants[0].pk, "reservation"])
    html = lire(parent, f"{adresse}?inscription={inscription.pk}&jours=2015-04-08,2015-04-06,2015-04-29")
    assert html.count('type="checkbox"') == 2
    assert "férié" in html
    reponse = parent.post(adresse, {"jours": codes(inscription, MERCREDIS[:2]), "avec-commentaire": "Merci"})
    demande = Demande.objects.get()
    assert reponse.url == reverse("demandes:accuse", args=[demande.pk])
    assert etats(inscription, MERCREDIS[:2]) == ["demandee"] * 2


def test_des_jours_de_plusieurs_lignes_du_planning_font_une_seule_demande(
    parent, dupont, mercredi, garderie, inscrire, jeudi_2_avril
):
    parent.force_login(dupont.compte)
    journee, matin = inscrire(mercredi), inscrire(garderie)
    adresse = reverse("demandes:nouvelle_enfant", args=[dupont.enfants[0].pk, "reservation"])
    rangees = f"inscription={journee.pk}&jours=2015-04-08,2015-04-29&inscription={matin.pk}&jours=2015-04-09"
    assert lire(parent, f"{adresse}?{rangees}").count('type="checkbox"') == 3
    voulus = [*codes(journee, MERCREDIS[:2]), f"{matin.pk}:2015-04-09"]
    parent.post(adresse, {"jours": voulus})
    assert sorted(Demande.objects.get().donnees["jours"]) == sorted(voulus)


def test_des_jours_qui_se_chevauchent_sont_refuses_avec_leur_phrase(
    parent, dupont, mercredi, apres_midi, inscrire, jeudi_2_avril
):
    parent.force_login(dupont.compte)
    adresse = reverse("demandes:nouvelle_enfant", args=[dupont.enfants[0].pk, "reservation"])
    jours = [*codes(inscrire(mercredi), MERCREDIS[:1]), *codes(inscrire(apres_midi), MERCREDIS[:1])]
    reponse = parent.post(adresse, {"jours": jours})
    assert reponse.status_code == 422
    assert "se chevauchent le mercredi 8 avril" in reponse.text


def test_le_total_se_calcule_sans_rien_envoyer_ni_perdre_ce_qui_est_ecrit(parent, dupont, mercredis, jeudi_2_avril):
    parent.force_login(dupont.compte)
    adresse = reverse("demandes:nouvelle_enfant", args=[dupont.enfants[0].pk, "reservation"])
    envoi = {"calculer": "", "jours": codes(mercredis, MERCREDIS[:1]), "avec-commentaire": "Elle vient à 9 h."}
    assert "Elle vient à 9 h.</textarea>" in parent.post(adresse, envoi).text
    assert not Demande.objects.exists()


@pytest.mark.parametrize("methode", ["get", "post"])
def test_sans_jour_coche_on_revient_choisir_dans_le_mois_ou_l_on_etait(parent, dupont, methode):
    (lea,) = dupont.enfants
    choix = reverse("planning:choix", args=[lea.pk, 2015, "05", "reservation"])
    adresse = reverse("demandes:nouvelle_enfant", args=[lea.pk, "reservation"])
    html = getattr(parent, methode)(adresse, {"mois": "2015-05"}).content.decode()
    assert f'href="{choix}">Choisir des jours' in html


def test_le_choix_de_plusieurs_jours_dit_de_quel_mois_il_vient(parent, dupont, mercredi, inscrire, jeudi_2_avril):
    parent.force_login(dupont.compte)
    inscrire(mercredi)
    choix = reverse("planning:choix", args=[dupont.enfants[0].pk, 2015, "05", "reservation"])
    assert '<input type="hidden" name="mois" value="2015-05">' in lire(parent, choix)


@pytest.mark.parametrize("mois", ["", "hier", "0001-01", "2015-13"])
def test_un_mois_illisible_est_celui_d_aujourd_hui(parent, dupont, mois, jeudi_2_avril):
    parent.force_login(dupont.compte)
    adresse = reverse("demandes:nouvelle_enfant", args=[dupont.enfants[0].pk, "reservation"])
    assert parent.get(adresse, {"mois": mois}).context["contenu"].mois == date(2015, 4, 2)


def test_un_prix_un_etat_ou_une_presence_envoyes_avec_la_demande_sont_ignores(
    parent, dupont, mercredi, inscrire, jeudi_2_avril
):
    parent.force_login(dupont.compte)
    inscription = inscrire(mercredi)
    adresse = reverse("demandes:nouvelle_enfant", args=[dupont.enfants[0].pk, "reservation"])
    force = {"etat": "reservee", "presence": "present", "prix": "0", "par": "1", "automatique": "on"}
    parent.post(adresse, {"jours": codes(inscription, MERCREDIS[:1])} | force)
    journee = inscription.journee(MERCREDIS[0])
    assert (journee.etat, journee.presence, journee.par) == ("demandee", "", dupont.compte)


def test_une_date_passee_envoyee_de_force_est_refusee_et_dite(parent, dupont, mercredi, inscrire, jeudi_2_avril):
    parent.force_login(dupont.compte)
    inscription = inscrire(mercredi)
    adresse = reverse("demandes:nouvelle_enfant", args=[dupont.enfants[0].pk, "reservation"])
    reponse = parent.post(adresse, {"jours": [f"{inscription.pk}:2015-04-01"]})
    assert reponse.status_code == 422
    assert "est passé" in reponse.content.decode()
    assert not Demande.objects.exists()
