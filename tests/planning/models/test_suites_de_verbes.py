"""Whatever is done, in whatever order, by whomever: invariants 1 to 3 hold, and what is refused changes nothing."""

from datetime import date
from itertools import combinations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.erreurs import RefusPlanning
from planning.models import Inscription, Prestation, Reservation, lire_calendrier
from planning.places.restantes import effectifs
from planning.regles.etats import OCCUPENT, Etat, Presence
from planning.regles.jours import Jours
from tests import fabriques

# Past, today, open, holidays, closed, public holiday's week, far: Wednesdays, but for Easter Monday.
JOURS = [
    date(2015, 3, 25),
    date(2015, 4, 6),
    date(2015, 4, 8),
    date(2015, 4, 15),
    date(2015, 4, 29),
    date(2015, 5, 13),
    date(2015, 5, 20),
]
AXE_RESERVATION = {
    "demander": lambda journee, par: journee.demander(par=par),
    "reserver": lambda journee, par: journee.inscription.reserver([journee.jour], par=par),
    "prendre_en_charge": lambda journee, par: journee.prendre_en_charge(par=par),
    "confirmer": lambda journee, par: journee.confirmer(par=par),
    "refuser": lambda journee, par: journee.refuser("Complet", par=par),
    "retirer": lambda journee, par: journee.retirer(par=par),
    "annuler": lambda journee, par: journee.annuler(par=par),
    "demander_absence": lambda journee, par: journee.demander_absence(par=par),
    "excuser": lambda journee, par: journee.excuser(par=par),
    "facturer_absence": lambda journee, par: journee.facturer_absence(par=par),
    "refuser_absence": lambda journee, par: journee.refuser_absence("Non", par=par),
    "mettre_en_conge": lambda journee, par: journee.mettre_en_conge(par=par),
    "retablir": lambda journee, par: journee.retablir(par=par),
}
POINTAGE = {
    "present": lambda journee, par: journee.pointer(Presence.PRESENT, par=par),
    "absent": lambda journee, par: journee.pointer(Presence.ABSENT, par=par),
    "depointer": lambda journee, par: journee.pointer(Presence.NON_POINTEE, par=par),
}
RYTHMES = {
    "devenir_regulier": lambda journee, par: journee.inscription.changer_rythme(
        Jours.MERCREDI, a_compter_du=journee.jour, par=par
    ),
    "cesser_d_etre_regulier": lambda journee, par: journee.inscription.changer_rythme(
        Jours(0), a_compter_du=journee.jour, par=par
    ),
}
VERBES = AXE_RESERVATION | POINTAGE | RYTHMES
# Mostly two days and few children, so that gestures meet.
jours = st.one_of(st.sampled_from(JOURS[2:5:2]), st.sampled_from(JOURS[:1]), st.sampled_from(JOURS))
gestes = st.tuples(st.sampled_from(sorted(VERBES)), st.integers(0, 4), jours, st.booleans())


def photo():
    colonnes = ("inscription", "jour", "etat", "etat_avant", "presence", "motif", "par", "depuis")
    return sorted(Reservation.objects.values_list(*colonnes), key=str), list(Inscription.objects.values_list())


def verifier_les_places(prestation):
    comptes = effectifs({prestation.pk: JOURS})
    assert len(comptes) == len(JOURS)
    assert not any(effectif.deborde for effectif in comptes.values()), comptes


def verifier_les_reservations():
    calendrier = lire_calendrier(JOURS[0], JOURS[-1])
    for r in Reservation.objects.select_related("inscription", "prestation"):
        assert r.inscription.couvre(r.jour)
        assert r.prestation_id == r.inscription.prestation_id
        if r.etat in OCCUPENT:
            assert calendrier.accueille(r.jour, r.prestation.structure_id, r.prestation.ouverture)


def verifier_les_horaires():
    for jour in JOURS:
        attendus = {}
        for inscription in Inscription.objects.en_vigueur(jour):
            if inscription.journee(jour).etat in OCCUPENT:
                attendus.setdefault(inscription.enfant_id, []).append(inscription.prestation.horaires)
        for du_jour in attendus.values():
            assert not any(une.chevauchent(autre) for une, autre in combinations(du_jour, 2))


def jouer(verbe, inscription, jour, par):
    """Returns whether it was accepted. Looks at both axes before and after."""
    avant, journee = photo(), inscription.journee(jour)
    etat, presence = journee.etat, journee.presence
    try:
        VERBES[verbe](journee, par)
    except RefusPlanning:
        assert photo() == avant
        return
    courante = Inscription.objects.en_vigueur(jour).get(
        enfant=inscription.enfant, prestation=inscription.prestation, famille=inscription.famille
    )
    apres = courante.journee(jour)
    if verbe in AXE_RESERVATION:
        assert apres.presence == presence
    if verbe in POINTAGE:
        assert apres.etat == etat


@pytest.mark.usefixtures("jeudi_2_avril")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(suite=st.lists(gestes, max_size=15))
def test_aucune_suite_de_verbes_ne_rompt_les_invariants(suite, dupont, martin, mercredi, apres_midi):
    with transaction.atomic():
        agent = fabriques.CompteFactory(is_staff=True)
        Prestation.objects.filter(pk=mercredi.pk).update(places=2)
        mercredi.refresh_from_db()
        lea, tom = dupont.enfants[0], martin.enfants[0]
        fabriques.RattachementFactory(famille=martin.famille, enfant=lea)
        couples = [
            (lea, mercredi, dupont),
            (lea, apres_midi, dupont),
            (lea, mercredi, martin),
            (tom, mercredi, martin),
            (fabriques.EnfantFactory(famille=dupont.famille), mercredi, dupont),
        ]
        for enfant, prestation, foyer in couples:
            Inscription.objects.inscrire(enfant, prestation, foyer.famille, du=date(2014, 9, 1), par=agent)
        for verbe, numero, jour, par_agent in suite:
            enfant, prestation, foyer = couples[numero]
            inscription = Inscription.objects.en_vigueur(jour).get(
                enfant=enfant, prestation=prestation, famille=foyer.famille
            )
            jouer(verbe, inscription, jour, agent if par_agent else foyer.compte)
            verifier_les_places(mercredi)
        verifier_les_reservations()
        verifier_les_horaires()
        assert Reservation.objects.filter(etat=Etat.REFUSEE, motif="").count() == 0
        transaction.set_rollback(True)
