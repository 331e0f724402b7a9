"""A request that was sent: its follow-up and its withdrawal, for the famille alone."""

import pytest
from django.urls import reverse

from demandes.models import Demande
from tests.demandes.jours import MERCREDIS, codes, demander, etats
from tests.demandes.outils import accepter_telle_quelle, changer_de_mobile, lire, requetes

pytestmark = pytest.mark.django_db
LISTE = reverse("demandes:liste")


def test_une_demande_se_suit_puis_se_retire(parent, dupont):
    demande = changer_de_mobile(dupont)
    html = lire(parent, demande.get_absolute_url())
    assert "Demande déposée" in html
    assert "Décision du centre" in html
    html = parent.get(demande.get_absolute_url()).content.decode()
    assert html.index("<summary") < html.index("Retirer cette demande") < html.index("Oui, retirer ma demande")
    reponse = parent.post(reverse("demandes:retrait", args=[demande.pk]), follow=True)
    assert "est retirée" in reponse.content.decode()
    assert "Retirer cette demande" not in reponse.content.decode()


def test_une_demande_decidee_ne_se_retire_plus(parent, dupont, agent):
    demande = changer_de_mobile(dupont)
    accepter_telle_quelle(demande, par=agent)
    reponse = parent.post(reverse("demandes:retrait", args=[demande.pk]), follow=True)
    assert "a déjà été acceptée" in reponse.content.decode()
    assert list(Demande.objects.acceptees()) == [demande]


def test_un_retrait_ne_se_fait_pas_par_un_lien(parent, dupont):
    demande = changer_de_mobile(dupont)
    assert parent.get(reverse("demandes:retrait", args=[demande.pk])).status_code == 405
    assert demande in Demande.objects.en_attente()


def test_le_motif_du_refus_est_montre_avec_sa_date(parent, dupont, agent, time_machine):
    time_machine.move_to("2015-04-08 09:00 +0200")
    parent.force_login(dupont.compte)
    demande = changer_de_mobile(dupont)
    demande.refuser(par=agent, motif="Numéro incomplet.")
    for url in (demande.get_absolute_url(), LISTE):
        assert "Numéro incomplet." in lire(parent, url)
    assert "Refusée le" in lire(parent, LISTE)
    assert "Motif du refus" in lire(parent, demande.get_absolute_url())


def test_le_motif_d_un_seul_jour_est_une_reponse_et_celui_d_un_jour_expire_une_absence_de_reponse(
    parent, dupont, mercredis, agent, jeudi_2_avril
):
    partielle, expiree = demander(dupont, mercredis, MERCREDIS[2:4]), demander(dupont, mercredis, MERCREDIS[:1])
    accepter_telle_quelle(partielle, par=agent, sauf=codes(mercredis, MERCREDIS[2:3]), motif="Sortie complète.")
    jeudi_2_avril.move_to("2015-04-08T08:00:00+02:00")
    expiree.expirer(MERCREDIS[0])
    parent.force_login(dupont.compte)
    titres = {partielle: "Réponse du centre", expiree: "Sans réponse"}
    for demande, titre in titres.items():
        html = lire(parent, demande.get_absolute_url())
        assert [un for un in ("Motif du refus", *titres.values()) if f">{un}<" in html] == [titre]
        assert ("Un jour sans réponse n’est pas réservé." in html) is (demande == expiree)


def test_la_voisine_ne_voit_ni_ne_touche_rien(voisine, dupont):
    demande = changer_de_mobile(dupont)
    (lea,) = dupont.enfants
    for nom in ("demande", "accuse"):
        assert voisine.get(reverse(f"demandes:{nom}", args=[demande.pk])).status_code == 404
    assert voisine.post(reverse("demandes:retrait", args=[demande.pk])).status_code == 404
    formulaire = reverse("demandes:nouvelle_enfant", args=[lea.pk, "identite"])
    assert voisine.get(formulaire).status_code == 404
    assert voisine.post(formulaire, {"classe": "CE2"}).status_code == 404
    assert [groupe.lignes for groupe in voisine.get(LISTE).context["groupes"]] == []
    assert demande in Demande.objects.en_attente()


def test_la_voisine_ne_retire_pas_une_reservation_par_son_numero(voisine, dupont, mercredi, inscrire, jeudi_2_avril):
    inscription = inscrire(mercredi)
    demande = demander(dupont, inscription)
    voisine.post(reverse("demandes:retrait", args=[demande.pk]))
    assert etats(inscription) == ["demandee"] * 5


def test_chaque_page_tient_en_huit_requetes(parent, dupont, agent):
    (lea,) = dupont.enfants
    demande = changer_de_mobile(dupont)
    adresses = [
        LISTE,
        f"{LISTE}?onglet=mes-enfants&toutes=1",
        demande.get_absolute_url(),
        reverse("demandes:accuse", args=[demande.pk]),
        reverse("demandes:nouvelle", args=["caf"]),
        reverse("demandes:nouvelle_enfant", args=[lea.pk, "identite"]),
        reverse("demandes:nouvelle_enfant", args=[lea.pk, "vaccins"]),
    ]
    lire(parent, LISTE)  # the session is written once a minute
    comptes = {url: requetes(parent, url) for url in adresses}
    assert {url: n for url, n in comptes.items() if n > 8} == {}
