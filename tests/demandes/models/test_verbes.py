"""A request from its deposit to its decision: what it changes, when, and what it never does."""

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from demandes.erreurs import DejaDecidee, DejaDemandee, FicheChangee, MotifManquant, NeTientPlus
from demandes.models import Decision, Demande
from famille.models import Rattachement
from messagerie.models import Fil
from tests.demandes.jours import MERCREDIS, codes, demander
from tests.demandes.outils import MOBILE, accepter_telle_quelle, changer_de_mobile, deposer

pytestmark = pytest.mark.django_db


def test_une_demande_deposee_attend_et_ne_change_rien(dupont):
    demande = changer_de_mobile(dupont)
    dupont.titulaire.refresh_from_db()
    assert list(Demande.objects.en_attente()) == [demande]
    assert dupont.titulaire.mobile == ""


def test_une_demande_acceptee_change_la_fiche_et_elle_seule(dupont, agent):
    accepter_telle_quelle(changer_de_mobile(dupont), par=agent)
    dupont.titulaire.refresh_from_db()
    assert dupont.titulaire.mobile == MOBILE
    assert dupont.titulaire.adresse == "12 RUE DES BONBONS"


def test_la_decision_dit_par_qui_et_quand(dupont, agent, time_machine):
    time_machine.move_to("2015-04-08 14:05 +0200")
    demande = changer_de_mobile(dupont)
    decision = accepter_telle_quelle(demande, par=agent)
    demande.refresh_from_db()
    assert (decision.verdict, decision.par) == (Decision.Verdict.ACCEPTEE, agent)
    assert demande.decidee_le == decision.le
    assert list(Demande.objects.en_attente()) == []
    assert list(Demande.objects.acceptees()) == [demande]


def test_une_demande_refusee_ne_change_rien_et_dit_pourquoi(dupont, agent):
    demande = changer_de_mobile(dupont)
    demande.refuser(par=agent, motif="Numéro incomplet.")
    dupont.titulaire.refresh_from_db()
    assert dupont.titulaire.mobile == ""
    assert Demande.objects.refusees().get().decision.motif == "Numéro incomplet."


@pytest.mark.parametrize("motif", ["", "   "])
def test_un_refus_sans_motif_n_a_pas_lieu(dupont, agent, motif):
    with pytest.raises(MotifManquant):
        changer_de_mobile(dupont).refuser(par=agent, motif=motif)
    assert not Decision.objects.exists()


def test_postgresql_exige_le_motif_d_un_refus(dupont, agent):
    demande = changer_de_mobile(dupont)
    with pytest.raises(IntegrityError, match="un_refus_a_un_motif"), transaction.atomic():
        Decision.objects.create(demande=demande, verdict="refusee", par=agent)


def test_postgresql_refuse_une_seconde_decision(dupont, agent):
    demande = changer_de_mobile(dupont)
    accepter_telle_quelle(demande, par=agent)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.bulk_create([Decision(demande=demande, verdict="refusee", motif="Non.")])


def test_postgresql_refuse_de_changer_une_decision(dupont, agent):
    demande = changer_de_mobile(dupont)
    demande.refuser(par=agent, motif="Non.")
    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute("UPDATE demandes_decision SET verdict = 'acceptee'")


def test_le_second_agent_apprend_qui_a_decide(dupont, agent, directrice):
    demande = changer_de_mobile(dupont)
    accepter_telle_quelle(demande, par=directrice)
    with pytest.raises(DejaDecidee, match=r"acceptée le .* par Diane MAIRIE"):
        demande.refuser(par=agent, motif="Non.")


def test_une_demande_retiree_ne_peut_plus_etre_acceptee(dupont, agent):
    demande = changer_de_mobile(dupont)
    demande.retirer(par=dupont.compte)
    with pytest.raises(DejaDecidee, match=r"retirée le .* par la famille"):
        accepter_telle_quelle(demande, par=agent)
    assert list(Demande.objects.retirees()) == [demande]


def test_la_fiche_changee_depuis_que_l_agent_la_regarde_l_oblige_a_regarder_encore(dupont, agent):
    demande = changer_de_mobile(dupont)
    vu = demande.contenu().empreinte(demande.valeurs)
    dupont.titulaire.mobile = "06 99 99 99 99"
    dupont.titulaire.save()
    with pytest.raises(FicheChangee):
        demande.accepter(par=agent, vu=vu)
    assert demande.accepter(par=agent, vu=demande.contenu().empreinte(demande.valeurs)).est_favorable


def test_deux_demandes_sur_la_meme_fiche_s_ajoutent(dupont, agent):
    mobile = changer_de_mobile(dupont)
    adresse = deposer(dupont, "responsable", adresse="3 place du Marché")
    accepter_telle_quelle(mobile, par=agent)
    accepter_telle_quelle(adresse, par=agent)
    dupont.titulaire.refresh_from_db()
    assert (str(dupont.titulaire.mobile), dupont.titulaire.adresse) == ("+33601020304", "3 place du Marché")


def test_la_meme_demande_deux_fois_n_en_fait_qu_une(dupont):
    demande = changer_de_mobile(dupont)
    with pytest.raises(DejaDemandee, match=f"n°\u00a0{demande.numero}"):
        changer_de_mobile(dupont)
    assert Demande.objects.count() == 1


def test_un_enfant_parti_de_la_famille_ne_se_modifie_plus(dupont, agent):
    (lea,) = dupont.enfants
    demande = deposer(dupont, "regime", lea, regime="vegetarien")
    Rattachement.objects.filter(enfant=lea).delete()
    with pytest.raises(NeTientPlus, match="plus rattaché"):
        accepter_telle_quelle(demande, par=agent)
    assert not Decision.objects.exists()


def test_une_demande_devenue_invalide_ne_s_accepte_pas_et_dit_pourquoi(dupont, agent):
    (lea,) = dupont.enfants
    demande = deposer(dupont, "identite", lea, classe="CE2")
    Demande.objects.filter(pk=demande.pk).update(donnees={"classe": "classe supprimée"})
    with pytest.raises(NeTientPlus, match="ne tient plus"):
        accepter_telle_quelle(demande, par=agent)


def test_ce_que_la_fiche_a_d_irregulier_par_ailleurs_n_empeche_rien(dupont, agent):
    demande = changer_de_mobile(dupont)
    type(dupont.titulaire).objects.filter(pk=dupont.titulaire.pk).update(code_postal="?")
    accepter_telle_quelle(demande, par=agent)
    dupont.titulaire.refresh_from_db()
    assert dupont.titulaire.mobile == MOBILE


def test_une_panne_entre_l_application_et_la_validation_ne_laisse_rien(dupont, agent, monkeypatch):
    demande = changer_de_mobile(dupont)

    def panne(*args):
        raise RuntimeError("The machine stops here.")

    monkeypatch.setattr("demandes.models.demande.annoncer", panne)
    with pytest.raises(RuntimeError), transaction.atomic():
        accepter_telle_quelle(demande, par=agent)
    dupont.titulaire.refresh_from_db()
    assert dupont.titulaire.mobile == ""
    assert list(Demande.objects.en_attente()) == [demande]
    assert not Fil.objects.exists()


def test_la_prise_en_charge_dit_qui_s_en_occupe(dupont, agent):
    demande = changer_de_mobile(dupont)
    demande.prendre_en_charge(par=agent)
    demande.refresh_from_db()
    assert demande.prise_en_charge_par == agent
    assert demande.est_en_attente


def test_accepter_en_refusant_tout_n_est_pas_accepter(dupont, mercredis, agent, jeudi_2_avril):
    demande = demander(dupont, mercredis)
    with pytest.raises(NeTientPlus, match="refusez la demande"):
        accepter_telle_quelle(demande, par=agent, sauf=codes(mercredis, MERCREDIS), motif="Complet.")
    assert not Decision.objects.exists()
