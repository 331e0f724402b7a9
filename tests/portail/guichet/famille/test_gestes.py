"""What an agent does to the days that they tick: said in numbers first, by the verbs that parents' requests use."""

import pytest
from django.contrib.admin.models import LogEntry

from messagerie.models import Fil, Message
from planning.models import Derogation, Inscription, Reservation
from planning.regles.etats import Etat, Presence
from planning.regles.jours import Jours
from tests.facturation.fabriques import tarif
from tests.planning.places.outils import inscrire
from tests.portail.guichet.famille.outils import (
    HIER,
    MERCREDI,
    PLUS_TARD,
    RENTREE,
    SUIVANT,
    cocher,
    confirmer,
    demander,
    faire,
    page,
    phrases,
    question,
)

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")
TROIS = (MERCREDI, SUIVANT, PLUS_TARD)


def etats() -> dict:
    return {r.jour: r.etat for r in Reservation.objects.all()}


def test_trois_jours_sont_reserves_apres_avoir_ete_comptes(accueil, lea, mercredi, dupont):
    tarif(mercredi, (None, "10.00", "12.00"))
    demande = demander(accueil, lea, "reserver", *TROIS)

    assert question(demande) == [
        "3 jours, du 08/04/2015 au 06/05/2015 : 1 famille, 1 enfant.",
        "Ces jours valent 0,00 €, ils vaudront 30,00 € : 30,00 € de plus pour la famille.",
    ]
    assert not Reservation.objects.exists()

    fait = confirmer(accueil, demande)

    assert etats() == dict.fromkeys(TROIS, Etat.RESERVEE)
    assert phrases(fait) == ["Réserver 3 jours : c’est fait. La famille est prévenue."]
    [texte] = Message.objects.filter(fil__famille=dupont.famille).values_list("texte", flat=True)
    assert "mercredi 6 mai 2015, Léa, ALSH Mercredi journée" in texte.en_clair()


def test_la_famille_n_a_pas_de_message_si_l_agent_n_en_veut_pas(accueil, lea):
    fait = confirmer(accueil, demander(accueil, lea, "reserver", MERCREDI), prevenir=False)
    assert etats() == {MERCREDI: Etat.RESERVEE}
    assert (Fil.objects.exists(), phrases(fait)[0]) == (
        False,
        "Réserver 1 jour : c’est fait. La famille n’est pas prévenue.",
    )


def test_un_double_clic_n_agit_qu_une_fois(accueil, lea):
    demande = demander(accueil, lea, "reserver", MERCREDI)
    for _ in range(2):
        confirmer(accueil, demande, csrfmiddlewaretoken="le jeton de cette page")
    assert (Reservation.objects.count(), Fil.objects.count(), LogEntry.objects.count()) == (1, 1, 1)


def test_le_message_se_lit_avant_de_partir(accueil, lea):
    texte = demander(accueil, lea, "reserver", MERCREDI).text
    assert "Le centre a réservé ce jour pour vous" in texte
    assert "mercredi 8 avril 2015, Léa" in texte
    assert 'name="prevenir" id="id_prevenir" checked' in texte


def test_un_jour_regulier_s_excuse(accueil, dupont, mercredi, agent):
    reguliere = Inscription.objects.inscrire(
        dupont.enfants[0], mercredi, dupont.famille, du=RENTREE, jours=Jours.MERCREDI, par=agent
    )
    faire(accueil, reguliere, "excuser", MERCREDI)
    assert etats() == {MERCREDI: Etat.ABSENT_EXCUSE}
    faire(accueil, reguliere, "retablir", MERCREDI)
    assert etats() == {MERCREDI: Etat.REGULIERE}


@pytest.mark.parametrize(
    ("geste", "etat"),
    [
        ("annuler", Etat.ANNULEE),
        ("excuser", Etat.ABSENT_EXCUSE),
        ("facturer", Etat.ABSENT_FACTURE),
        ("conge", Etat.CONGE),
    ],
)
def test_un_jour_reserve_devient_ce_que_dit_le_bouton(accueil, lea, agent, geste, etat):
    lea.reserver([MERCREDI], par=agent)
    faire(accueil, lea, geste, MERCREDI)
    assert etats() == {MERCREDI: etat}


class TestAuDela:
    @pytest.fixture
    def complet(self, mercredi, agent):
        for inscription in inscrire(mercredi, 3, agent):
            inscription.reserver([MERCREDI], par=agent)

    def test_la_page_le_dit_et_demande_pourquoi(self, accueil, lea, complet):
        demande = demander(accueil, lea, "reserver", HIER, MERCREDI)
        assert question(demande)[1:] == [
            "Au-delà des places : mercredi 8 avril (ALSH Mercredi journée).",
            "Hors délai : mercredi 1er avril (ALSH Mercredi journée).",
        ]
        assert _pourquoi(demande) == "Pourquoi hors délai et au-delà des places"
        assert _pourquoi(demander(accueil, lea, "reserver", MERCREDI)) == "Pourquoi au-delà des places"
        sans = confirmer(accueil, demande)
        assert (sans.status_code, etats().get(HIER)) == (422, None)
        assert "Ce champ est obligatoire" in sans.text

    def test_qui_quand_et_pourquoi_sont_gardes(self, accueil, lea, complet, agent):
        confirmer(accueil, demander(accueil, lea, "reserver", MERCREDI), derogation="Mère hospitalisée")
        [une] = Derogation.objects.all()
        assert (une.sorte, une.motif, une.par, une.reservation.etat) == (
            "places",
            "Mère hospitalisée",
            agent,
            Etat.RESERVEE,
        )
        [entree] = LogEntry.objects.all()
        assert (entree.user, entree.change_message) == (agent, "Réservé, par dérogation.")

    def test_dans_les_regles_rien_n_est_demande(self, accueil, lea):
        assert "derogation" not in demander(accueil, lea, "reserver", MERCREDI).context["confirmation"].form.fields


class TestPresence:
    def test_une_presence_passee_se_corrige_avec_ses_heures(self, accueil, lea):
        faire(accueil, lea, "present", HIER, arrivee="09:10", depart="16:45")
        [journee] = Reservation.objects.all()
        assert (journee.presence, str(journee.arrivee), str(journee.depart)) == (
            Presence.PRESENT,
            "09:10:00",
            "16:45:00",
        )
        faire(accueil, lea, "absent", HIER)
        journee.refresh_from_db()
        assert (journee.presence, journee.arrivee) == (Presence.ABSENT, None)

    def test_renoncer_rend_les_jours_coches_et_les_heures(self, accueil, lea):
        demande = demander(accueil, lea, "present", HIER, arrivee="09:10", depart="16:45")
        assert 'name="renoncer"' in demande.text
        retour = confirmer(accueil, demande, renoncer="oui")
        mois = accueil.get(retour.url).text
        assert (mois.count(" checked"), Reservation.objects.filter(presence=Presence.PRESENT).exists()) == (1, False)
        assert '<details class="dossier__pointage" open>' in mois
        assert 'name="arrivee" value="09:10"' in mois
        assert 'name="depart" value="16:45"' in mois

    def test_une_heure_qui_n_en_est_pas_une_revient_avec_les_jours_coches(self, accueil, lea):
        reponse = demander(accueil, lea, "present", HIER, arrivee="neuf heures")
        assert phrases(reponse) == ["Écrivez l’heure comme 8:30, ou laissez-la vide."]
        assert f'value="{cocher(lea, HIER)[0]}" checked' in accueil.get(reponse.url).text

    def test_un_jour_a_venir_ne_se_pointe_pas(self, accueil, lea):
        reponse = demander(accueil, lea, "present", MERCREDI)
        assert phrases(reponse) == ["Léa DUPONT : Le mercredi 8 avril est à venir : il ne se pointe pas encore."]


class TestRefus:
    def test_rien_de_coche(self, accueil, lea):
        assert "Cochez au moins un jour" in phrases(demander(accueil, lea, "reserver"))[0]

    def test_les_jours_d_une_autre_famille_ne_se_touchent_pas(self, accueil, lea, martin, mercredi, agent):
        tom = Inscription.objects.inscrire(martin.enfants[0], mercredi, martin.famille, du=RENTREE, par=agent)
        envoi = {"geste": "reserver", "jour": [*cocher(tom, MERCREDI), "x:2015-04-08", "1:2015-99-99", "é"]}
        reponse = accueil.post(page(lea.famille, "guichet_famille_gestes"), envoi)
        assert "Cochez au moins un jour" in phrases(reponse)[0]
        assert not Reservation.objects.exists()

    def test_ce_qui_a_change_depuis_se_redemande(self, accueil, lea, agent):
        lea.reserver([MERCREDI, SUIVANT], par=agent)
        lue = demander(accueil, lea, "annuler", MERCREDI, SUIVANT)
        Reservation.objects.get(jour=MERCREDI).excuser(par=agent)
        relue = confirmer(accueil, lue)
        assert question(relue)[0] == "1 jour, le 29/04/2015 : 1 famille, 1 enfant."
        assert etats()[SUIVANT] == Etat.RESERVEE

    @pytest.mark.parametrize(
        ("qui", "geste", "statut"),
        [
            ("regisseur", "reserver", 403),
            ("animateur", "reserver", 403),
            ("animateur", "absent", 200),
            ("regisseur", "absent", 403),
            ("directrice", "reserver", 200),
            ("agent_sans_droit", "reserver", 403),
        ],
    )
    def test_selon_son_groupe(self, request, client, lea, qui, geste, statut):
        client.force_login(request.getfixturevalue(qui))
        assert demander(client, lea, geste, HIER).status_code == statut


def test_un_jour_qu_un_collegue_a_change_entre_temps_se_redemande(accueil, lea, agent):
    [journee] = lea.reserver([HIER], par=agent)
    lue = demander(accueil, lea, "absent", HIER)
    journee.pointer(Presence.PRESENT, par=agent)

    relue = confirmer(accueil, lue)

    journee.refresh_from_db()
    assert (relue.status_code, journee.presence) == (200, Presence.PRESENT)
    confirmer(accueil, relue)
    journee.refresh_from_db()
    assert journee.presence == Presence.ABSENT


def _pourquoi(demande) -> str:
    return demande.context["confirmation"].form["derogation"].label
