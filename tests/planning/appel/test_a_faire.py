"""The rolls of several days at once: who is expected, which are to call, late, forgotten."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from planning.appel.a_faire import AppelsDesJours, RendezVousDAppel
from planning.models import Reservation, jours_ouverts
from planning.places.restantes import effectifs
from planning.regles.etats import Presence
from tests.planning.appel.outils import MERCREDI

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")
AVANT, JEUDI = MERCREDI - timedelta(days=3), MERCREDI + timedelta(days=1)


def appels(*jours: date) -> list[RendezVousDAppel]:
    """With their headcounts, as the first page reads them."""
    lus = lire(*jours)
    ouverts = {cle: [jour for jour in siens if jour in jours] for cle, siens in lus.ouverts.items()}
    return lus.lire(effectifs(ouverts))


def lire(*jours: date, passes: tuple[date, ...] = ()) -> AppelsDesJours:
    return AppelsDesJours(jours, passes, depuis=min([*jours, *passes]))


def a(heure: int, jour: date = MERCREDI) -> datetime:
    return timezone.make_aware(datetime.combine(jour, time(heure)))


def test_les_attendus_de_chaque_jour(mercredi, garderie, vacances, lea, tom, animateur):
    lea.journee(MERCREDI).pointer(Presence.PRESENT, par=animateur)
    lus = [(r.prestation, r.jour, r.effectif.attendus, r.pointes) for r in appels(MERCREDI, JEUDI)]
    assert (mercredi, MERCREDI, 2, 1) in lus
    assert (mercredi, JEUDI) not in [(prestation, jour) for prestation, jour, *_ in lus]


def test_un_appel_est_en_retard_une_fois_l_heure_passee(mercredi, lea, animateur):
    [appel] = [r for r in appels(MERCREDI) if r.prestation == mercredi]
    assert [appel.est_en_retard(a(heure)) for heure in (8, 10)] == [False, True]
    lea.journee(MERCREDI).pointer(Presence.ABSENT, par=animateur)
    [appel] = [r for r in appels(MERCREDI) if r.prestation == mercredi]
    assert not appel.est_a_faire
    assert not appel.est_en_retard(a(10))


def test_un_appel_sans_personne_n_est_ni_a_faire_ni_oublie(garderie, mercredi):
    assert not any(r.est_a_faire for r in appels(MERCREDI))
    assert lire(JEUDI, passes=(MERCREDI,)).oublies() == []


def test_un_appel_oublie_l_est_jusqu_a_ce_qu_on_le_fasse(mercredi, lea, tom, animateur):
    lus = lire(JEUDI, passes=(AVANT, MERCREDI))
    assert [(o.prestation, o.jour) for o in lus.oublies()] == [(mercredi, MERCREDI)]
    tom.journee(MERCREDI).pointer(Presence.PRESENT, par=animateur)
    assert lire(JEUDI, passes=(AVANT, MERCREDI)).oublies() == []


def test_quatre_requetes(django_assert_num_queries, mercredi, garderie, lea, tom):
    with django_assert_num_queries(4):
        lus = lire(JEUDI, passes=(AVANT, MERCREDI))
        lus.lire({}), lus.oublies()


def test_une_erreur_se_compte_de_meme_quand_on_connait_les_jours_ouverts(mercredi, garderie, lea, tom, animateur):
    lea.journee(MERCREDI).pointer(Presence.PRESENT, par=animateur)
    tom.journee(MERCREDI).pointer(Presence.PRESENT, par=animateur)
    Reservation.objects.filter(inscription=tom).update(jour=JEUDI)
    ouverts = jours_ouverts([mercredi, garderie], MERCREDI, JEUDI)
    en_erreur = Reservation.objects.en_erreur()
    assert [journee.jour for journee in en_erreur] == [JEUDI]
    assert list(Reservation.objects.en_erreur(ouverts)) == list(en_erreur)
