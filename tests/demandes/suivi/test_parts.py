"""What became of each day of a request."""

import pytest
from django.urls import reverse

from demandes.models import Demande
from demandes.suivi.parts import parts_suivies
from messagerie.models import Message
from tests.demandes.jours import MERCREDIS, codes, demander
from tests.demandes.outils import accepter_telle_quelle

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


def test_la_famille_lit_quel_jour_n_a_pas_ete_accepte(dupont, mercredis, agent, client):
    demande = demander(dupont, mercredis, MERCREDIS[:3])
    accepter_telle_quelle(demande, par=agent, sauf=codes(mercredis, [MERCREDIS[1]]), motif="Sortie complète.")
    message = Message.objects.get(fil__famille=dupont.famille)
    assert message.fil.sujet == f"Votre demande n°\u00a0{demande.numero} est acceptée en partie"
    assert "Refusé\u00a0:\n– mercredi 29 avril 2015, ALSH Mercredi journée\n" in message.texte
    client.force_login(dupont.compte)
    page = client.get(demande.get_absolute_url())
    assert [(part.libelle, part.avancement.texte) for part in page.context["parts"]] == [
        ("mercredi 8 avril 2015, ALSH Mercredi journée", "Accepté"),
        ("mercredi 29 avril 2015, ALSH Mercredi journée", "Refusé"),
        ("mercredi 6 mai 2015, ALSH Mercredi journée", "Accepté"),
    ]
    assert page.context["frise"][-1].quoi == "Demande acceptée en partie"
    client.force_login(agent)
    bureau = client.get(reverse("admin:demandes_demande_change", args=[demande.pk]))
    assert [part.avancement.texte for part in bureau.context["page"].parts] == ["Accepté", "Refusé", "Accepté"]


def test_chaque_jour_d_une_demande_refusee_le_dit_et_rien_n_est_dit_de_ceux_d_une_demande_retiree(
    dupont, mercredis, agent
):
    demande = demander(dupont, mercredis, MERCREDIS[:2])
    assert [part.avancement for part in parts_suivies(demande, demande.contenu())] == [None, None]
    demande.refuser(par=agent, motif="Complet.")
    demande = Demande.objects.get()
    assert [part.avancement.texte for part in parts_suivies(demande, demande.contenu())] == ["Refusé", "Refusé"]
    retiree = demander(dupont, mercredis, MERCREDIS[2:3])
    retiree.retirer(par=dupont.compte)
    retiree = Demande.objects.get(pk=retiree.pk)
    assert [part.avancement for part in parts_suivies(retiree, retiree.contenu())] == [None]
