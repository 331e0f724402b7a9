"""What a verb refuses, it says why, in a sentence that the page shows as it is."""

import pytest

from demandes.erreurs import DejaDecidee, DejaDemandee, FicheChangee, MotifManquant, PartInconnue
from demandes.models import Demande
from tests.demandes.outils import accepter_telle_quelle, changer_de_mobile

pytestmark = pytest.mark.django_db


@pytest.fixture
def demande(dupont) -> Demande:
    return changer_de_mobile(dupont)


def test_deja_demandee_elle_mene_a_celle_qui_attend(dupont, demande):
    with pytest.raises(DejaDemandee, match=f"votre demande n°\u00a0{demande.pk} est en attente") as refus:
        changer_de_mobile(dupont)
    assert refus.value.adresse == demande.get_absolute_url()


def test_deja_decidee_elle_dit_laquelle_et_comment(dupont, demande, agent):
    demande.refuser(par=agent, motif="Numéro incomplet.")
    with pytest.raises(DejaDecidee, match=f"La demande n°\u00a0{demande.pk} a .*refusée"):
        Demande.objects.get().retirer(par=dupont.compte)


def test_une_fiche_changee_depuis_est_a_revoir(demande, agent):
    with pytest.raises(FicheChangee, match="La fiche a changé depuis"):
        demande.accepter(par=agent, vu="ce que la fiche disait hier")


def test_ce_qui_n_est_pas_de_la_demande_ne_se_decide_pas(demande, agent):
    with pytest.raises(PartInconnue, match="n’est pas dans cette demande"):
        accepter_telle_quelle(demande, par=agent, sauf={"7:2015-04-29"}, motif="Complet.")


def test_un_refus_dit_son_motif(demande, agent):
    with pytest.raises(MotifManquant, match="Indiquez le motif du refus"):
        demande.refuser(par=agent, motif=" ")
