"""What a deposit keeps, what makes it a new one, and what a decision may not decide of."""

import pytest

from demandes.erreurs import DejaDemandee, MotifManquant, NeTientPlus, PartInconnue, RienDeChange
from demandes.models import Demande
from demandes.types import GENRES
from famille.models import EnvoisDuJour, Rattachement
from socle.fichiers.examen import Fichier, TypeMime
from tests.demandes.jours import MERCREDIS, codes, declarer_absent, demander
from tests.demandes.outils import MOBILE, PDF, accepter_telle_quelle, changer_de_mobile, deposer, remplir, saisir
from tests.fabriques import EnfantFactory

pytestmark = pytest.mark.django_db
CERTIFICAT = Fichier("certificat.pdf", TypeMime.PDF, PDF)


def tel_quel(dupont) -> object:
    """The form of the record, sent as it is."""
    contenu = GENRES.pour("responsable")(dupont.famille, None, saisir(dupont, "responsable"))
    assert contenu.is_valid()
    return contenu


def test_sans_rien_changer_ni_joindre_rien_ne_se_depose(dupont):
    with pytest.raises(RienDeChange):
        Demande.deposer(tel_quel(dupont), par=dupont.compte)
    assert not Demande.objects.exists()


def test_une_piece_seule_se_depose_et_se_compte(dupont):
    demande = Demande.deposer(tel_quel(dupont), par=dupont.compte, pieces=[CERTIFICAT])
    (piece,) = demande.pieces.all()
    assert piece.nom == "certificat.pdf"
    envois = EnvoisDuJour.objects.get(famille=dupont.famille)
    assert (envois.demandes, envois.octets) == (1, len(PDF))


def test_la_meme_demande_avec_une_piece_est_une_autre_demande(dupont):
    changer_de_mobile(dupont)
    Demande.deposer(remplir(dupont, "responsable", mobile=MOBILE), par=dupont.compte, pieces=[CERTIFICAT])
    assert Demande.objects.count() == 2


def test_la_meme_demande_avec_un_autre_commentaire_est_une_autre_demande(dupont):
    for commentaire in (" Urgent. ", "Pas urgent."):
        Demande.deposer(remplir(dupont, "responsable", mobile=MOBILE), par=dupont.compte, commentaire=commentaire)
    with pytest.raises(DejaDemandee):
        Demande.deposer(remplir(dupont, "responsable", mobile=MOBILE), par=dupont.compte, commentaire="Urgent.")
    assert sorted(demande.commentaire for demande in Demande.objects.all()) == ["Pas urgent.", "Urgent."]


def test_une_autre_valeur_secrete_est_une_autre_demande(dupont):
    for iban in ("FR7630006000011234567890189", "DE89370400440532013000"):
        deposer(dupont, "bancaires", iban=iban)
    assert Demande.objects.count() == 2


def test_le_meme_changement_d_une_autre_famille_d_un_autre_enfant_d_un_autre_genre_est_un_autre(dupont, martin):
    tom = EnfantFactory(famille=dupont.famille, nom="DUPONT", prenom="Tom")
    changer_de_mobile(dupont)
    changer_de_mobile(martin)
    deposer(dupont, "conjoint", mobile=MOBILE)
    for enfant in (dupont.enfants[0], tom):
        deposer(dupont, "regime", enfant, regime="vegetarien")
    assert Demande.objects.count() == 5


def test_validee_aussitot_elle_ne_dit_plus_qu_elle_attend(dupont, garderie, inscrire, jeudi_2_avril):
    demande = demander(dupont, inscrire(garderie), MERCREDIS[:1])
    assert not demande.est_en_attente
    assert demande.decidee_le == demande.decision.le


def test_decidee_elle_ne_dit_plus_qu_elle_attend(dupont, agent):
    decision = changer_de_mobile(dupont).refuser(par=agent, motif="  Numéro incomplet. ")
    assert (decision.demande.est_en_attente, decision.motif) == (False, "Numéro incomplet.")


def test_un_enfant_passe_dans_une_autre_famille_ne_se_modifie_plus_d_ici(dupont, martin, agent):
    """The famille still has another child; the child has another famille."""
    EnfantFactory(famille=dupont.famille, nom="DUPONT", prenom="Tom")
    demande = deposer(dupont, "regime", dupont.enfants[0], regime="vegetarien")
    Rattachement.objects.filter(enfant=dupont.enfants[0]).update(famille=martin.famille)
    with pytest.raises(NeTientPlus, match="plus rattaché"):
        accepter_telle_quelle(demande, par=agent)


@pytest.mark.usefixtures("jeudi_2_avril")
class TestDesParts:
    def test_un_jour_ne_se_refuse_pas_sans_motif(self, dupont, mercredis, agent):
        demande = demander(dupont, mercredis)
        for motif in ("", "  "):
            with pytest.raises(MotifManquant):
                accepter_telle_quelle(demande, par=agent, sauf=codes(mercredis, MERCREDIS[:1]), motif=motif)
        assert demande.contenu().parts_de(demande)
        assert Demande.objects.en_attente().exists()

    def test_les_jours_refuses_se_gardent_dans_l_ordre_avec_leur_motif(self, dupont, mercredis, agent):
        demande = demander(dupont, mercredis)
        refuses = codes(mercredis, MERCREDIS[:4])
        decision = accepter_telle_quelle(
            demande, par=agent, sauf=[refuses[2], refuses[0], refuses[3], refuses[1]], motif=" Complet. "
        )
        assert (decision.refusees, decision.motif) == (refuses, "Complet.")

    @pytest.mark.parametrize(
        "decide", [{"sauf": ["0:2015-04-08"], "motif": "Complet."}, {"choix": {"0:2015-04-08": "accepter"}}]
    )
    def test_rien_ne_se_decide_d_un_jour_qui_n_est_pas_demande(self, dupont, mercredis, agent, decide):
        demande = demander(dupont, mercredis)
        with pytest.raises(PartInconnue):
            accepter_telle_quelle(demande, par=agent, **decide)
        assert Demande.objects.en_attente().exists()

    def test_une_option_inconnue_ne_passe_pas_a_cote_d_une_autre_qui_l_est(self, dupont, mercredis, agent):
        mercredis.reserver(MERCREDIS[:2], par=agent)
        demande = declarer_absent(dupont, mercredis, MERCREDIS[:2])
        premier, second = codes(mercredis, MERCREDIS[:2])
        for inconnue in ("offrir", "refuser"):
            with pytest.raises(PartInconnue):
                accepter_telle_quelle(demande, par=agent, choix={premier: "excuser", second: inconnue})
        assert accepter_telle_quelle(demande, par=agent, choix={premier: "excuser", second: "facturer"}).est_favorable
