"""Which requests wait, are over, are recent, are told to a parent, expire, and may be decided by whom."""

from datetime import UTC, date, datetime, timedelta

import pytest

from demandes.models import Decision, Demande
from demandes.models.queryset import preter
from tests.demandes.outils import changer_de_mobile, deposer

pytestmark = pytest.mark.django_db
LE_1ER_AVRIL = datetime(2015, 4, 1, 10, tzinfo=UTC)
Verdict = Decision.Verdict


@pytest.fixture
def une(dupont):
    """A request of that kind, deposited then, and decided so then, if it is."""

    def creer(verdict: str = "", *, type: str = "responsable", deposee=LE_1ER_AVRIL, le=LE_1ER_AVRIL, refusees=()):
        demande = Demande.objects.create(famille=dupont.famille, type=type, deposee_le=deposee)
        if verdict:
            motif = "Non." if verdict == Verdict.REFUSEE or refusees else ""
            Decision.objects.create(demande=demande, verdict=verdict, le=le, motif=motif, refusees=list(refusees))
        return demande

    return creer


def test_chacune_est_avec_celles_qui_ont_fini_comme_elle(une):
    attend = une()
    acceptee, refusee, retiree, expiree = (une(verdict) for verdict in ("acceptee", "refusee", "retiree", "expiree"))
    demandes = Demande.objects
    assert list(demandes.en_attente()) == [attend]
    assert set(demandes.decidees()) == {acceptee, refusee, retiree, expiree}
    assert list(demandes.acceptees()) == [acceptee]
    assert list(demandes.refusees()) == [refusee]
    assert list(demandes.retirees()) == [retiree]
    assert list(demandes.expirees()) == [expiree]


def test_expirent_celles_qui_attendaient_la_veille_d_un_genre_qui_n_attend_pas_ses_jours(une):
    minuit = datetime(2015, 4, 7, 22, tzinfo=UTC)  # at Paris, of 8 April
    seconde = une(type="reservation", deposee=minuit - timedelta(seconds=1))
    premiere = une(type="reservation", deposee=minuit - timedelta(days=2))
    une(type="reservation", deposee=minuit)
    une(type="absence", deposee=LE_1ER_AVRIL)
    une("refusee", type="reservation", deposee=LE_1ER_AVRIL)
    assert list(Demande.objects.expirables(date(2015, 4, 8))) == [premiere, seconde]


def test_sont_recentes_celles_deposees_depuis_et_celles_qui_attendent_encore(une):
    vieille_qui_attend = une(deposee=LE_1ER_AVRIL - timedelta(days=90))
    d_un_mois = une("acceptee")
    une("acceptee", deposee=LE_1ER_AVRIL - timedelta(seconds=1))
    assert set(Demande.objects.recentes(LE_1ER_AVRIL)) == {vieille_qui_attend, d_un_mois}


def test_se_signale_ce_qui_attend_et_ce_qui_fut_refuse_depuis_meme_en_partie(une):
    depuis = LE_1ER_AVRIL
    signalees = {
        une(),
        une("refusee"),
        une("expiree", le=depuis + timedelta(days=1)),
        une("acceptee", refusees=["1:2015-04-08"]),
    }
    une("acceptee")
    une("retiree")
    une("refusee", le=depuis - timedelta(seconds=1))
    une("acceptee", refusees=["1:2015-04-08"], le=depuis - timedelta(seconds=1))
    assert set(Demande.objects.a_signaler(depuis)) == signalees


def test_un_agent_ne_traite_que_les_genres_de_son_droit(une, agent, agent_sans_droit):
    demande = une()
    assert list(Demande.objects.traitables_par(agent)) == [demande]
    assert list(Demande.objects.traitables_par(agent_sans_droit)) == []


def test_la_plus_ancienne_passe_devant_puis_celle_du_plus_petit_numero(une):
    tardive = une(deposee=LE_1ER_AVRIL + timedelta(days=1))
    premiere, seconde = une(), une()
    assert list(Demande.objects.plus_anciennes_d_abord()) == [premiere, seconde, tardive]


def test_ce_qui_est_lu_se_prete_sans_se_relire_a_moins_d_avoir_change(dupont, martin, lea, django_assert_num_queries):
    demande = deposer(dupont, "regime", lea, regime="vegetarien")
    lue = Demande.objects.select_related("enfant", "deposee_par").get()
    Demande.objects.update(deposee_par=martin.compte)
    relue = preter(lue, Demande.objects.get(), "enfant", "deposee_par")
    with django_assert_num_queries(0):
        assert relue.enfant is lue.enfant
    assert relue.deposee_par == martin.compte
    assert demande.deposee_par == dupont.compte


def test_ce_qui_n_est_pas_lu_ne_se_lit_pas_pour_autant(dupont, django_assert_num_queries):
    changer_de_mobile(dupont)
    lue, relue = Demande.objects.get(), Demande.objects.get()
    with django_assert_num_queries(0):
        preter(lue, relue, "enfant", "deposee_par")
