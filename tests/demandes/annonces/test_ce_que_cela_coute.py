"""What a parent will pay is told before they ask, at the acknowledgement, by mail, and at the decision."""

from datetime import date

import pytest
from django.urls import reverse

from demandes.models import Demande
from facturation.models import Tarif
from messagerie.models import Message
from planning.models import Fermeture
from tests.demandes.jours import codes, declarer_absent, demander
from tests.demandes.outils import accepter_telle_quelle, lire
from tests.facturation.fabriques import tarif

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jeudi_2_avril", "sans_attendre")]
JOURS = [date(2015, 4, 29), date(2015, 5, 6)]
TARDIF = date(2015, 4, 8)


@pytest.fixture
def mercredis_payants(mercredis):
    """7,20 €, half for an absence that comes too late."""
    prestation = mercredis.prestation
    tarif(prestation, (None, "7.20", "14.40"), absence_pourcent=50)
    prestation.hors_delai_autorise, prestation.delai_absence_jours, prestation.delai_reservation_jours = True, 7, 1
    prestation.save()
    return mercredis


@pytest.fixture
def executer(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def formulaire(code: str, enfant) -> str:
    return reverse("demandes:nouvelle_enfant", args=[enfant.pk, code])


def ouvrir(parent, code, enfant, jours) -> str:
    reponse = parent.get(formulaire(code, enfant), {"jour": jours})
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_le_total_des_jours_choisis_se_lit_avant_d_envoyer(parent, lea, mercredis_payants):
    html = ouvrir(parent, "reservation", lea, codes(mercredis_payants, JOURS))
    assert html.count("7,20\u00a0€</span>") == 2
    assert ">14,40\u00a0€</output>" in html


def test_sans_script_un_bouton_refait_le_total_et_garde_la_saisie(parent, lea, mercredis_payants):
    proposes = codes(mercredis_payants, JOURS)
    envoi = {"calculer": "1", "proposes": proposes, "jours": proposes[:1], "avec-commentaire": "Merci"}
    reponse = parent.post(formulaire("reservation", lea), envoi)
    html = reponse.content.decode()
    assert reponse.status_code == 200
    assert ">7,20\u00a0€</output>" in html
    assert "Merci</textarea>" in html
    assert html.count('name="jours"') == 2
    assert html.count(" checked") == 1
    assert "obligatoire" not in html
    assert not Demande.objects.exists()


def test_un_jour_decoche_reste_propose_quand_le_formulaire_revient(parent, lea, mercredis_payants):
    proposes = codes(mercredis_payants, JOURS)
    reponse = parent.post(formulaire("absence", lea), {"proposes": proposes, "jours": []})
    assert reponse.status_code == 422
    assert reponse.content.decode().count('name="proposes"') == 0  # nothing is booked: nothing to declare
    reponse = parent.post(formulaire("reservation", lea), {"proposes": proposes, "jours": []})
    html = reponse.content.decode()
    assert reponse.status_code == 422
    assert (html.count('name="jours"'), html.count(" checked")) == (2, 0)


def test_un_prix_inconnu_n_est_pas_un_total(parent, lea, mercredis):
    assert "prix à demander au centre" in ouvrir(parent, "reservation", lea, codes(mercredis, JOURS))


def test_l_accuse_dit_les_jours_leur_prix_et_ramene_au_mois(
    parent, dupont, lea, mercredis_payants, executer, mailoutbox
):
    with executer():
        demande = demander(dupont, mercredis_payants, JOURS)
    html = lire(parent, reverse("demandes:accuse", args=[demande.pk]))
    assert "mercredi 29 avril 2015, ALSH Mercredi journée" in html
    assert "Total de ces jours\u00a0: 14,40\u00a0€" in html
    assert reverse("planning:mois", args=[lea.pk, 2015, "04"]) in html
    (courriel,) = mailoutbox
    assert "«\u00a0Réservations\u00a0», pour Léa, le 02/04/2015" in courriel.body
    assert "– mercredi 29 avril 2015, ALSH Mercredi journée\u00a0: 7,20\u00a0€" in courriel.body
    assert "Total de ces jours\u00a0: 14,40\u00a0€" in courriel.body


def test_une_absence_tardive_dit_partout_qu_elle_est_facturee_et_combien(
    parent, dupont, lea, directrice, mercredis_payants, executer, mailoutbox
):
    mercredis_payants.reserver([TARDIF, *JOURS], par=directrice)
    html = ouvrir(parent, "absence", lea, codes(mercredis_payants, [TARDIF, *JOURS]))
    assert "facturée, 3,60\u00a0€</span>" in html
    assert html.count("excusée, non facturée</span>") == 2
    assert ">3,60\u00a0€</output>" in html
    with executer():
        demande = declarer_absent(dupont, mercredis_payants, [TARDIF, JOURS[0]])
    dit = "mercredi 8 avril 2015, ALSH Mercredi journée\u00a0: facturée, 3,60\u00a0€"
    assert dit in mailoutbox[-1].body
    with executer():
        accepter_telle_quelle(demande, par=directrice)
    assert dit in mailoutbox[-1].body
    message = Message.objects.get(fil__famille=dupont.famille).texte
    assert dit in message
    assert "Ce qui sera facturé\u00a0: 3,60\u00a0€." in message
    assert ">facturée, 3,60\u00a0€<" in lire(parent, demande.get_absolute_url())
    assert ">excusée, non facturée<" in lire(parent, demande.get_absolute_url())


def test_une_absence_tardive_qui_ne_coute_rien_est_gratuite(parent, lea, mercredis_payants, agent):
    mercredis_payants.reserver([TARDIF], par=agent)
    Tarif.objects.update(absence_pourcent=0)
    html = ouvrir(parent, "absence", lea, codes(mercredis_payants, [TARDIF]))
    assert ">gratuite</span>" in html


def test_l_agent_qui_excuse_ou_facture_autrement_est_suivi(dupont, directrice, mercredis_payants):
    mercredis_payants.reserver([TARDIF], par=directrice)
    demande = declarer_absent(dupont, mercredis_payants, [TARDIF])
    accepter_telle_quelle(demande, par=directrice, choix={codes(mercredis_payants, [TARDIF])[0]: "excuser"})
    assert "excusée, non facturée" in Message.objects.get().texte


def test_la_decision_nomme_l_enfant_les_jours_et_mene_a_la_demande(
    parent, dupont, directrice, mercredis_payants, settings
):
    settings.PORTAIL_ADRESSE = "https://famille.example.org"
    demande = demander(dupont, mercredis_payants, JOURS)
    accepter_telle_quelle(demande, par=directrice, sauf=codes(mercredis_payants, JOURS[:1]), motif="Complet.")
    message = Message.objects.get(fil__famille=dupont.famille)
    assert "du 02/04/2015, pour Léa, a été acceptée en partie" in message.texte
    assert "Accepté\u00a0:\n– mercredi 6 mai 2015, ALSH Mercredi journée\u00a0: 7,20\u00a0€" in message.texte
    assert "Total de ces jours\u00a0: 7,20\u00a0€." in message.texte
    assert "Refusé\u00a0:\n– mercredi 29 avril 2015, ALSH Mercredi journée\n" in message.texte
    lien = f"https://famille.example.org{demande.get_absolute_url()}"
    assert f'<a href="{lien}"' in lire(parent, message.fil.get_absolute_url())


def test_la_page_de_la_demande_ramene_a_son_mois(parent, dupont, lea, mercredis_payants):
    demande = demander(dupont, mercredis_payants, JOURS)
    assert reverse("planning:mois", args=[lea.pk, 2015, "04"]) in lire(parent, demande.get_absolute_url())


def test_un_jour_ferme_depuis_n_est_plus_compte(parent, dupont, directrice, mercredis_payants):
    demande = demander(dupont, mercredis_payants, JOURS)
    accepter_telle_quelle(demande, par=directrice)
    Fermeture.objects.create(du=JOURS[0], au=JOURS[0], motif="travaux")
    assert "Total de ces jours\u00a0: 7,20\u00a0€" in lire(parent, demande.get_absolute_url())
