"""Children who come without a booking, or without being enrolled."""

import pytest

from planning.appel.imprevus import accueillir
from planning.erreurs import InscriptionImpossible
from planning.models import Inscription, Reservation
from planning.regles.etats import Etat, Presence
from tests import fabriques
from tests.planning.appel.outils import RENTREE, adresse, ligne, phrases

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


class TestPresentSansReservation:
    def test_on_le_cherche_sans_perdre_ce_qui_est_deja_note(self, porte, mercredi, lea, martin):
        page = porte.post(adresse(mercredi), {**ligne(lea, "present", "08:30"), "q": "tom", "chercher": "Chercher"})

        assert [str(une.candidat.enfant) for une in page.context["trouves"]] == ["Tom MARTIN"]
        assert page.context["lignes"][0].saisie == ("present", "08:30", "")
        assert not Reservation.objects.presentes().exists()

    def test_un_inscrit_sans_reservation_est_pointe_present(self, porte, mercredi, martin, agent):
        tom = Inscription.objects.inscrire(martin.enfants[0], mercredi, martin.famille, du=RENTREE, par=agent)

        reponse = porte.post(adresse(mercredi), {"ajout": f"{tom.enfant_id}-{martin.famille.pk}"})

        assert phrases(reponse) == ["Appel enregistré : 1 enfant ajouté."]
        journee = tom.reservations.get()
        assert (journee.presence, journee.etat) == (Presence.PRESENT, Etat.AUCUN)
        [vue] = porte.get(adresse(mercredi)).context["lignes"]
        assert vue.affichage.libelle == "présent sans réservation"

    def test_un_enfant_qui_n_est_pas_inscrit_est_signale_aux_agents(self, porte, mercredi, martin):
        tom = martin.enfants[0]

        porte.post(adresse(mercredi), {"ajout": f"{tom.pk}-{martin.famille.pk}"})

        assert [r.inscription.enfant for r in Reservation.objects.en_erreur()] == [tom]
        [vue] = porte.get(adresse(mercredi)).context["lignes"]
        assert vue.affichage.libelle == "erreur, présent sans réservation"

    def test_ajoute_par_erreur_il_s_enleve_sans_laisser_de_trace(self, porte, mercredi, martin):
        tom = martin.enfants[0]
        porte.post(adresse(mercredi), {"ajout": f"{tom.pk}-{martin.famille.pk}"})

        porte.post(adresse(mercredi), ligne(Inscription.objects.get(), "", avant="present||"))

        assert (Inscription.objects.count(), Reservation.objects.count()) == (0, 0)

    @pytest.mark.parametrize("forge", ["", "x-y", "999999-999999", "1", "-1"])
    def test_une_cle_forgee_n_ajoute_personne(self, porte, mercredi, martin, forge):
        assert porte.post(adresse(mercredi), {"ajout": forge}).status_code == 302
        assert not Inscription.objects.exists()

    def test_un_enfant_n_est_pas_ajoute_pour_une_famille_qui_n_est_pas_la_sienne(self, porte, mercredi, dupont, martin):
        porte.post(adresse(mercredi), {"ajout": f"{martin.enfants[0].pk}-{dupont.famille.pk}"})

        assert not Inscription.objects.exists()

    def test_en_garde_alternee_l_animateur_choisit_la_famille(self, porte, mercredi, dupont, martin):
        fabriques.RattachementFactory(enfant=dupont.enfants[0], famille=martin.famille)

        page = porte.get(f"{adresse(mercredi)}?q=lea")

        assert {une.candidat.famille for une in page.context["trouves"]} == {dupont.famille, martin.famille}


class TestSansPerdreSaPlace:
    def test_chercher_ramene_a_la_recherche(self, porte, mercredi, lea):
        html = porte.get(adresse(mercredi)).text

        assert 'name="chercher" value="Chercher" formaction="#ajout"' in html
        assert '<a href="#ajout">Ajouter un enfant</a>' in html
        assert html.count('id="ajout"') == 1

    def test_ajoute_on_revient_a_sa_ligne(self, porte, mercredi, lea, martin):
        reponse = porte.post(adresse(mercredi), {"ajout": f"{martin.enfants[0].pk}-{martin.famille.pk}"})

        venue = Inscription.objects.get(enfant=martin.enfants[0])
        assert reponse.url == f"{adresse(mercredi)}#enfant-{venue.pk}"
        assert f'id="enfant-{venue.pk}"' in porte.get(adresse(mercredi)).text


def test_un_enfant_qui_vient_de_quitter_la_famille_n_est_pas_note_pour_elle(mercredi, martin, dupont, animateur):
    with pytest.raises(InscriptionImpossible, match="n’est pas rattaché à cette famille"):
        accueillir(martin.enfants[0], mercredi, dupont.famille, RENTREE, par=animateur)
