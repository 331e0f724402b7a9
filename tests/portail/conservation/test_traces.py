"""What signing in leaves goes after a year."""

from datetime import UTC, datetime

import pytest
import time_machine
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session

from famille.models import AppareilDeConfiance, Compte
from socle.models import FormulaireEnvoye
from tests.portail.conservation.outils import PASSE


@pytest.mark.parametrize("modele", [AccessAttempt, AccessLog, AccessFailureLog])
def test_une_trace_de_connexion_vit_un_an(db, purger, modele):
    communs = {"user_agent": "x", "ip_address": "192.0.2.1", "http_accept": "", "path_info": "/connexion/"}
    if modele is AccessAttempt:
        communs["failures_since_start"] = 1
    for identifiant, le in {
        "vieux": datetime(2014, 4, 7, tzinfo=UTC),
        "jeune": datetime(2014, 4, 8, tzinfo=UTC),
    }.items():
        with time_machine.travel(le, tick=False):
            modele.objects.create(username=identifiant, **communs)
    purger()
    assert modele.objects.get().username == "jeune"


def test_une_session_finie_depuis_un_an_part_et_celle_qui_sert_reste(client, dupont, purger):
    Session.objects.create(session_key="vieille", session_data="", expire_date=datetime(2014, 4, 7, tzinfo=UTC))
    client.force_login(dupont.compte)
    purger()
    assert Session.objects.get().session_key == client.session.session_key


def test_un_appareil_qui_n_est_plus_de_confiance_depuis_un_an_part(agent, purger):
    for nom, fin in {"vieux": datetime(2014, 4, 7, tzinfo=UTC), "jeune": datetime(2014, 4, 8, tzinfo=UTC)}.items():
        cles = {"compte": agent, "nom": nom, "empreinte": nom, "lien": "x"}
        AppareilDeConfiance.objects.create(expire_le=fin, **cles)
    purger()
    assert AppareilDeConfiance.objects.get().nom == "jeune"


def test_la_derniere_connexion_reste_au_compte(dupont, purger):
    Compte.objects.filter(pk=dupont.compte.pk).update(last_login=PASSE)
    purger()
    assert Compte.objects.get(pk=dupont.compte.pk).last_login == PASSE


def test_un_formulaire_envoye_s_oublie_apres_sept_jours(db, purger):
    for jeton, le in {
        "vieux": datetime(2015, 3, 31, 21, 59, tzinfo=UTC),
        "jeune": datetime(2015, 4, 1, tzinfo=UTC),
    }.items():
        FormulaireEnvoye.objects.create(jeton=jeton, le=le)
    assert "Formulaires envoyés\u00a0: 1\u00a0ligne effacée" in purger()
    assert FormulaireEnvoye.objects.get().jeton == "jeune"
