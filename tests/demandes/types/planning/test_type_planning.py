"""What both kinds of the planning share: their place, their parts, their words, and what they refuse to judge."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from demandes.erreurs import NeTientPlus
from demandes.genre.onglet import MES_ENFANTS
from demandes.models import Demande
from demandes.types import GENRES, DeclarationAbsence, DemandeReservation
from planning.regles.etats import Etat
from tests.demandes.jours import MERCREDIS, codes, declarer_absent, demander, etats
from tests.demandes.outils import accepter_telle_quelle
from tests.facturation.fabriques import tarif

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


def une(*jours: str, noms: dict[str, str] | None = None) -> SimpleNamespace:
    donnees = {"jours": list(jours), "prestations": noms or {}}
    return SimpleNamespace(donnees=donnees, valeurs=donnees)


def test_reserver_vient_avant_s_absenter_et_tous_deux_avant_le_reste():
    assert [genre.code for genre in GENRES.tous(MES_ENFANTS)][:2] == ["reservation", "absence"]


def test_ce_qui_se_decide_d_un_jour():
    assert [option.code for option in DemandeReservation.options] == ["accepter", "refuser"]
    assert [option.code for option in DeclarationAbsence.options] == ["excuser", "facturer", "refuser"]


def test_lire_la_raison_d_une_absence_s_ecrit_au_journal():
    assert DeclarationAbsence.se_lit_au_journal()
    assert not DemandeReservation.se_lit_au_journal()


def test_sans_autre_choix_un_jour_demande_s_accepte(dupont, mercredis):
    demande = demander(dupont, mercredis, MERCREDIS[:1])
    (part,) = demande.contenu().parts_de(demande)
    assert part.defaut == "accepter"


def test_des_jours_d_un_autre_enfant_ne_s_acceptent_pas(dupont, mercredis, agent):
    demande = demander(dupont, mercredis, MERCREDIS[:1])
    Demande.objects.update(donnees=demande.donnees | {"jours": ["0:2015-04-08"]})
    with pytest.raises(NeTientPlus, match="ne tient plus"):
        accepter_telle_quelle(Demande.objects.get(), par=agent)


def test_ce_que_la_demande_ne_dit_pas_ne_se_montre_pas(dupont, lea):
    assert GENRES.pour("absence")(dupont.famille, lea).difference(une()) == []


def test_l_empreinte_ne_depend_pas_de_l_ordre_des_jours(dupont, lea):
    contenu = GENRES.pour("reservation")(dupont.famille, lea)
    jours = ["1:2015-04-08", "1:2015-04-29"]
    assert contenu.empreinte({"jours": jours}) == contenu.empreinte({"jours": jours[::-1]})
    assert contenu.empreinte({"jours": jours}) != contenu.empreinte({"jours": jours[:1]})


@pytest.mark.parametrize(
    ("jours", "resume"),
    [
        (["9:2015-04-08"], "Repas : le 08/04/2015"),
        (["10:2015-05-06", "9:2015-04-08"], "Repas : 2 jours, du 08/04/2015 au 06/05/2015"),
        (["11:2015-04-08"], " : le 08/04/2015"),
    ],
)
def test_le_resume_dit_l_etendue_des_jours_de_chaque_activite(jours, resume):
    """One whose rhythm has changed has two inscriptions; of one that is unknown, the days alone are said."""
    demande = une(*jours, noms={"9": "Repas", "10": "Repas"})
    assert DemandeReservation.resume(demande).replace("\u00a0", " ") == resume


def test_d_une_activite_dont_on_ne_sait_plus_le_nom_le_jour_se_dit_seul():
    demande = une("9:2015-04-08", noms={"10": "Repas"})
    assert DemandeReservation.libelle_de_part("9:2015-04-08", demande) == "mercredi 8 avril 2015, "


@pytest.mark.parametrize(("avant", "tardive"), [(0, True), (1, False)])
def test_une_demande_deposee_a_l_echeance_est_hors_delai(mercredis, lea, avant, tardive):
    jour = MERCREDIS[0]
    regles = mercredis.regles_du_jour(DemandeReservation(mercredis.famille, lea).planning.calendrier([jour]))
    deposee = DemandeReservation.echeance(regles, jour) - timedelta(seconds=avant)
    assert DemandeReservation.est_hors_delai(SimpleNamespace(deposee_le=deposee), regles, jour) is tardive


def test_d_un_tarif_a_l_autre_chaque_jour_choisi_a_son_prix(dupont, lea, mercredis):
    ancien = tarif(mercredis.prestation, (None, "7.20", "14.40"), unite="journee")
    ancien.au = date(2015, 4, 30)
    ancien.save()
    tarif(mercredis.prestation, (None, "9.00", "14.40"), du=date(2015, 5, 1), unite="journee")
    voulus = DemandeReservation(dupont.famille, lea).examiner(codes(mercredis, MERCREDIS[1:3]))
    assert [voulu.prix.dit for voulu in voulus] == ["7,20\u00a0€", "9,00\u00a0€"]
    demande = demander(dupont, mercredis, MERCREDIS[1:3])
    assert demande.contenu().total_de(demande) == "16,20\u00a0€"


class TestReserver:
    def test_un_long_motif_s_ecrit_sur_chaque_jour_jusqu_ou_il_tient(self, dupont, mercredis, agent):
        demander(dupont, mercredis, MERCREDIS[:1]).refuser(par=agent, motif="Complet. " * 80)
        (journee,) = mercredis.journees(MERCREDIS[:1])
        assert journee.motif == ("Complet. " * 80)[:500]

    def test_demandee_le_matin_meme_elle_n_expire_pas_ce_jour_la(self, dupont, mercredi, mercredis, jeudi_2_avril):
        mercredi.hors_delai_autorise = True
        mercredi.save()
        jeudi_2_avril.move_to("2015-04-08T07:00:00+02:00")
        demande = demander(dupont, mercredis, MERCREDIS[:1])
        assert demande.expirer(MERCREDIS[0]) == []
        assert etats(mercredis, MERCREDIS[:1]) == [Etat.DEMANDEE]

    def test_un_jour_refuse_n_est_pas_un_jour_expire(self, dupont, mercredis, agent, jeudi_2_avril):
        demande = demander(dupont, mercredis, MERCREDIS[:1])
        demande.refuser(par=agent, motif="Complet.")
        jeudi_2_avril.move_to("2015-04-09T07:00:00+02:00")
        demande = Demande.objects.get()
        assert demande.contenu().parts_expirees(demande) == set()

    def test_un_jour_refuse_sans_elle_n_arrete_pas_une_demande_qui_attend(
        self, dupont, mercredis, agent, jeudi_2_avril
    ):
        """Cancelled, asked again, and that second request was refused: of the first one, that day has expired."""
        demande = demander(dupont, mercredis, MERCREDIS[:2])
        mercredis.reservations.filter(jour=MERCREDIS[0]).update(etat=Etat.REFUSEE, motif="Complet.")
        jeudi_2_avril.move_to("2015-04-09T07:00:00+02:00")
        assert accepter_telle_quelle(demande, par=agent).refusees == codes(mercredis, MERCREDIS[:1])
        assert etats(mercredis, MERCREDIS[:2]) == [Etat.REFUSEE, Etat.RESERVEE]
        decidee = Demande.objects.get()
        assert {(part.notes, part.prix) for part in decidee.contenu().parts_de(decidee)} == {((), "")}

    def test_un_jour_passe_est_passe_avant_d_etre_complet_ou_pris_ailleurs(
        self, dupont, lea, mercredi, mercredis, apres_midi, inscrire, agent, jeudi_2_avril
    ):
        inscrire(apres_midi).reserver(MERCREDIS[:1], par=agent)
        mercredi.places = 0
        mercredi.save()
        jeudi_2_avril.move_to("2015-04-09T07:00:00+02:00")
        (voulu,) = DemandeReservation(dupont.famille, lea).examiner(codes(mercredis, MERCREDIS[:1]))
        assert voulu.refus == "Le mercredi 8 avril est passé."
        mercredi.places = 3
        mercredi.save()
        (voulu,) = DemandeReservation(dupont.famille, lea).examiner(codes(mercredis, MERCREDIS[:1]))
        assert voulu.refus == "Le mercredi 8 avril est passé."

    def test_deux_activites_aux_memes_heures_se_demandent_a_des_jours_differents(
        self, dupont, mercredis, apres_midi, inscrire
    ):
        jours = codes(mercredis, MERCREDIS[:1]) + codes(inscrire(apres_midi), MERCREDIS[1:2])
        contenu = DemandeReservation(dupont.famille, dupont.enfants[0], {"jours": jours})
        assert contenu.is_valid()
        assert Demande.deposer(contenu, par=dupont.compte).est_en_attente

    def test_de_plusieurs_jours_ou_elles_se_chevauchent_le_premier_est_dit(
        self, dupont, mercredis, apres_midi, inscrire
    ):
        jours = codes(mercredis, MERCREDIS) + codes(inscrire(apres_midi), MERCREDIS)
        contenu = DemandeReservation(dupont.famille, dupont.enfants[0], {"jours": jours})
        assert contenu.is_valid()
        with pytest.raises(NeTientPlus, match=r"le mercredi 8.avril"):
            Demande.deposer(contenu, par=dupont.compte)

    def test_une_absence_refusee_garde_ce_qui_tient_de_son_motif(self, dupont, mercredis, agent):
        mercredis.reserver(MERCREDIS[:1], par=agent)
        declarer_absent(dupont, mercredis, MERCREDIS[:1]).refuser(par=agent, motif="Trop tard. " * 80)
        (journee,) = mercredis.journees(MERCREDIS[:1])
        assert (journee.etat, journee.motif) == (Etat.RESERVEE, ("Trop tard. " * 80)[:500])
