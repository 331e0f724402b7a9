"""Who may read a roll, and who may call it."""

import pytest
from django.contrib.auth.models import Permission

from planning.regles.etats import Presence
from tests.planning.appel.outils import MERCREDI, adresse, ligne

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


class TestQuiPeut:
    @pytest.mark.parametrize(
        ("qui", "lire", "pointer"),
        [
            ("animateur", 200, 302),
            ("directrice", 200, 302),
            ("agent", 200, 403),
            ("regisseur", 200, 403),
            ("agent_sans_droit", 403, 403),
        ],
    )
    def test_l_appel_est_a_qui_en_a_le_droit(self, request, client, mercredi, lea, qui, lire, pointer):
        client.force_login(request.getfixturevalue(qui))

        statuts = client.get(adresse(mercredi)).status_code, client.post(adresse(mercredi), ligne(lea)).status_code

        assert statuts == (lire, pointer)

    def test_sans_le_droit_un_envoi_force_n_ecrit_rien(self, client, agent, mercredi, lea):
        client.force_login(agent)
        client.post(adresse(mercredi), ligne(lea, "present"))

        assert lea.journee(MERCREDI).presence == Presence.NON_POINTEE

    def test_pointer_sans_voir_ne_suffit_pas(self, client, agent_sans_droit, mercredi, lea):
        agent_sans_droit.user_permissions.add(Permission.objects.get(codename="faire_appel"))
        client.force_login(agent_sans_droit)

        assert client.post(adresse(mercredi), ligne(lea, "present")).status_code == 403
