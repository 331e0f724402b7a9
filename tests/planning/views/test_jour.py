"""A day in detail: what may be done, since when it is so, and why not."""

from datetime import date
from html import unescape

from django.urls import reverse

from planning.models import Fermeture, Prestation
from tests.planning.views.outils import menu, page, texte


def test_le_menu_d_un_jour_libre_mene_a_la_demande(parent, garde_du_matin):
    adresse = reverse("planning:jour", args=[garde_du_matin.enfant_id, 2015, 4, 9])
    html = page(parent, f"{adresse}?prestation={garde_du_matin.prestation_id}")
    lien = (
        f"/enfants/{garde_du_matin.enfant_id}/demandes/reservation/"
        f"?inscription={garde_du_matin.pk}&amp;jours=2015-04-09"
    )
    assert f'href="{lien}"' in html
    assert parent.get(unescape(lien)).status_code == 200
    lu = texte(html)
    assert "Rien de réservé" in lu
    assert "Horaires de 7 h 30 à 8 h 30" in lu
    assert "À réserver avant le mardi 7 avril à 12 h" in lu
    assert "Déclaration d’absence Le jeudi 9 avril n’est pas réservé." in lu
    assert "demandes/absence" not in html


def test_le_menu_d_un_jour_reserve_dit_depuis_quand_et_par_qui(parent, garde_du_matin, dupont):
    garde_du_matin.reserver([date(2015, 4, 9)], par=dupont.compte)
    lu = menu(parent, garde_du_matin, 9)
    assert "Réservé Horaires" in lu
    assert "Depuis le 02/04/2015 à 8 h Par Jean DUPONT Absence à déclarer avant le" in lu
    assert "À réserver" not in lu
    assert "Demande de réservation Le jeudi 9 avril est déjà réservé ou demandé." in lu


def test_un_agent_n_est_pas_nomme(parent, garde_du_matin, agent):
    garde_du_matin.reserver([date(2015, 4, 9)], par=agent)
    lu = menu(parent, garde_du_matin, 9)
    assert "Par le centre" in lu
    assert "Alice" not in lu


def test_le_menu_d_un_refus_en_dit_le_motif(parent, inscrite, dupont, agent):
    mercredi = inscrite["ALSH Mercredi journée"]
    (journee,) = mercredi.demander([date(2015, 4, 8)], par=dupont.compte)
    assert "Demande en attente" in menu(parent, mercredi, 8)
    journee.refuser("Sortie complète.", par=agent)
    lu = menu(parent, mercredi, 8)
    assert "Réservation refusée" in lu
    assert "Motif Sortie complète." in lu
    assert "Places restantes 3" in lu


def test_le_menu_d_un_jour_passe_ne_promet_rien(parent, garde_du_matin):
    lu = menu(parent, garde_du_matin, 1)
    assert "Le mercredi 1er avril est passé." in lu
    assert "À réserver" not in lu
    assert "Places restantes" not in lu


def test_hors_delai_le_menu_le_dit(parent, garde_du_matin):
    Prestation.objects.filter(pk=garde_du_matin.prestation_id).update(hors_delai_autorise=True)
    assert "avant le mardi 7 avril à 12 h, ou hors délai" in menu(parent, garde_du_matin, 9)


def test_une_demande_close_dit_depuis_quand(parent, garde_du_matin, jeudi_2_avril, dupont):
    jeudi_2_avril.move_to("2015-04-07T12:00:00+02:00")
    parent.force_login(dupont.compte)
    assert "closes depuis le mardi 7 avril à 12 h." in menu(parent, garde_du_matin, 9)


def test_un_jour_ferme_se_dit_a_part_sans_menu_mort(parent, lea, garde_du_matin, dupont, agent):
    garde_du_matin.reserver([date(2015, 5, 12)], par=dupont.compte)
    Fermeture.objects.create(du=date(2015, 5, 11), au=date(2015, 5, 11), motif="travaux")
    html = page(parent, reverse("planning:jour", args=[lea.pk, 2015, 5, 11]))
    assert "Pas d’accueil ce jour-là" in html
    assert f'<li id="p{garde_du_matin.prestation_id}">' in html
    assert "detail__actions" not in html
    assert "Pas d’accueil" not in page(parent, reverse("planning:jour", args=[lea.pk, 2015, 5, 12]))


def test_un_jour_reserve_puis_ferme_garde_son_detail(parent, lea, garde_du_matin, dupont):
    garde_du_matin.reserver([date(2015, 5, 12)], par=dupont.compte)
    Fermeture.objects.create(du=date(2015, 5, 12), au=date(2015, 5, 12), motif="travaux")
    lu = texte(page(parent, reverse("planning:jour", args=[lea.pk, 2015, 5, 12])))
    assert "Fermeture Horaires" in lu
    assert "Depuis le 02/04/2015" in lu
