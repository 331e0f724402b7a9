"""What each group of agents opens."""

import pytest
from django.urls import reverse

from tests.planning.admin.outils import MODELES

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


class TestChacunSaPart:
    @pytest.mark.parametrize(
        ("qui", "ajoute"),
        [
            ("agent", {"fermeture", "inscription"}),
            ("animateur", set()),
            ("regisseur", set()),
            ("directrice", {"structure", "prestation", "vacances", "jourferie", "fermeture", "inscription"}),
        ],
    )
    def test_chaque_groupe_lit_tout_et_ajoute_ce_qui_est_a_lui(self, request, client, db, qui, ajoute):
        client.force_login(request.getfixturevalue(qui))

        listes = {m: client.get(reverse(f"admin:planning_{m}_changelist")).status_code for m in MODELES}
        ajouts = {m for m in MODELES if client.get(reverse(f"admin:planning_{m}_add")).status_code == 200}

        assert (listes, ajouts) == (dict.fromkeys(MODELES, 200), ajoute)

    def test_sans_droit_rien_ne_s_ouvre(self, client, agent_sans_droit):
        client.force_login(agent_sans_droit)

        assert {client.get(reverse(f"admin:planning_{m}_changelist")).status_code for m in MODELES} == {403}
