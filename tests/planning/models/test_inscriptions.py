"""Inscriptions: who may have one, when two contradict each other, how one follows another."""

from datetime import date, time

import pytest
from django.db import IntegrityError, connection, transaction

from planning import erreurs
from planning.appel.imprevus import accueillir
from planning.models import Inscription, PlacesDuJour, Prestation, Reservation
from planning.regles.etats import Etat, Presence
from planning.regles.jours import Jours
from tests import fabriques

MERCREDI = date(2015, 4, 8)
RENTREE = date(2014, 9, 1)

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


@pytest.fixture
def alternee(dupont, martin):
    """Léa, also a child of the MARTINs: a garde alternée."""
    fabriques.RattachementFactory(famille=martin.famille, enfant=dupont.enfants[0])
    return dupont.enfants[0]


def inscrire(enfant, prestation, foyer, agent, **options):
    return Inscription.objects.inscrire(enfant, prestation, foyer.famille, du=RENTREE, par=agent, **options)


def test_seule_une_famille_de_l_enfant_peut_payer(dupont, martin, mercredi, agent):
    with pytest.raises(erreurs.InscriptionImpossible):
        inscrire(dupont.enfants[0], mercredi, martin, agent)
    Inscription.objects.create(enfant=dupont.enfants[0], prestation=mercredi, famille=martin.famille, du=RENTREE)
    with pytest.raises(IntegrityError, match="inscription_d_un_rattachement"), transaction.atomic():
        connection.check_constraints()
    Inscription.objects.all().delete()


def test_un_parent_n_inscrit_pas(dupont, mercredi):
    with pytest.raises(erreurs.ReserveAuCentre):
        inscrire(dupont.enfants[0], mercredi, dupont, dupont.compte)


def test_deux_inscriptions_ne_se_chevauchent_pas(dupont, mercredi, agent):
    lea = dupont.enfants[0]
    inscrire(lea, mercredi, dupont, agent, au=date(2015, 3, 31))
    with pytest.raises(erreurs.InscriptionImpossible):
        inscrire(lea, mercredi, dupont, agent, au=date(2014, 9, 30))
    cles = {"enfant": lea, "prestation": mercredi, "famille": dupont.famille}
    with pytest.raises(IntegrityError, match="inscription_sans_chevauchement"), transaction.atomic():
        Inscription.objects.create(**cles, du=date(2015, 3, 31))
    assert Inscription.objects.create(**cles, du=date(2015, 4, 1)).pk


def test_en_garde_alternee_chaque_famille_a_son_inscription_et_le_jour_n_est_pris_qu_une_fois(
    alternee, dupont, martin, mercredi, agent
):
    chez_dupont = inscrire(alternee, mercredi, dupont, agent)
    chez_martin = inscrire(alternee, mercredi, martin, agent)
    chez_dupont.demander([MERCREDI], par=dupont.compte)
    with pytest.raises(erreurs.HorairesIncompatibles) as refus:
        chez_martin.demander([MERCREDI], par=martin.compte)
    assert str(refus.value) == "L’enfant est déjà attendu ailleurs à ces heures le mercredi 8 avril."


def test_en_garde_alternee_les_semaines_paires_et_impaires_se_partagent(alternee, dupont, martin, mercredi, agent):
    paire = inscrire(alternee, mercredi, dupont, agent, jours=Jours.MERCREDI, parite=0)
    impaire = inscrire(alternee, mercredi, martin, agent, jours=Jours.MERCREDI, parite=1)
    # 8 April 2015 is in ISO week 15.
    assert (paire.journee(MERCREDI).etat, impaire.journee(MERCREDI).etat) == (Etat.AUCUN, Etat.REGULIERE)
    with pytest.raises(erreurs.HorairesIncompatibles):
        paire.changer_rythme(Jours.MERCREDI, a_compter_du=MERCREDI, par=agent)


def test_deux_prestations_a_la_meme_heure_ne_se_reservent_pas_toutes_deux(
    dupont, mercredi, apres_midi, garderie, agent
):
    lea = dupont.enfants[0]
    journee = inscrire(lea, mercredi, dupont, agent)
    demi = inscrire(lea, apres_midi, dupont, agent)
    matin = inscrire(lea, garderie, dupont, agent)
    journee.demander([MERCREDI], par=dupont.compte)
    matin.demander([MERCREDI], par=dupont.compte)
    with pytest.raises(erreurs.HorairesIncompatibles):
        demi.demander([MERCREDI], par=dupont.compte)
    journee.journee(MERCREDI).retirer(par=dupont.compte)
    assert demi.demander([MERCREDI], par=dupont.compte)


def test_un_jour_regulier_occupe_aussi_l_enfant(dupont, mercredi, apres_midi, agent):
    lea = dupont.enfants[0]
    inscrire(lea, mercredi, dupont, agent, jours=Jours.MERCREDI)
    demi = inscrire(lea, apres_midi, dupont, agent)
    with pytest.raises(erreurs.HorairesIncompatibles):
        demi.reserver([MERCREDI], par=agent)


def test_un_rythme_ne_passe_pas_sur_une_reservation(dupont, mercredi, apres_midi, agent):
    lea = dupont.enfants[0]
    inscrire(lea, mercredi, dupont, agent).reserver([MERCREDI], par=agent)
    with pytest.raises(erreurs.HorairesIncompatibles):
        inscrire(lea, apres_midi, dupont, agent, jours=Jours.MERCREDI)
    assert Inscription.objects.count() == 1


def test_une_inscription_ne_se_termine_pas_avant_ses_reservations(dupont, mercredi, agent):
    inscription = inscrire(dupont.enfants[0], mercredi, dupont, agent)
    [journee] = inscription.reserver([MERCREDI], par=agent)
    with pytest.raises(erreurs.InscriptionImpossible) as refus:
        inscription.terminer(date(2015, 4, 7), par=agent)
    assert str(refus.value).replace("\u00a0", " ") == "Il reste 1 jour réservé ou pointé après le 07/04/2015."
    journee.annuler(par=agent)
    inscription.terminer(date(2015, 4, 7), par=agent)
    inscription.refresh_from_db()
    assert inscription.au == date(2015, 4, 7)


class TestAllongee:
    """`terminer`, later than before."""

    FIN, PLUS_TARD = date(2015, 4, 7), date(2015, 6, 30)

    @pytest.fixture
    def courte(self, dupont, mercredi, agent) -> Inscription:
        return inscrire(dupont.enfants[0], mercredi, dupont, agent, jours=Jours.MERCREDI, au=self.FIN)

    def test_jusqu_a_la_suivante_et_pas_au_dela(self, courte, agent):
        cles = (courte.enfant, courte.prestation, courte.famille)
        for du in (date(2015, 6, 1), date(2015, 5, 1)):
            Inscription.objects.inscrire(*cles, du=du, au=du, par=agent)
        with pytest.raises(erreurs.InscriptionImpossible) as refus:
            courte.terminer(date(2015, 5, 1), par=agent)
        assert str(refus.value) == "Une autre inscription la suit, dès le 01/05/2015."
        courte.refresh_from_db()
        assert courte.au == self.FIN
        courte.terminer(date(2015, 4, 30), par=agent)
        assert courte.journee(date(2015, 4, 29)).etat == Etat.REGULIERE

    def test_elle_garde_ses_derniers_jours_trop_pleins_depuis(self, courte, agent):
        courte.terminer(MERCREDI, par=agent)
        PlacesDuJour.objects.create(prestation=courte.prestation, jour=MERCREDI, places=0)
        courte.terminer(self.PLUS_TARD, par=agent)
        assert Inscription.objects.get().au == self.PLUS_TARD

    def test_elle_reprend_l_enfant_venu_sans_inscription(self, courte, agent, jeudi_2_avril):
        jeudi_2_avril.move_to("2015-04-08T18:00:00+02:00")
        venue = accueillir(courte.enfant, courte.prestation, courte.famille, MERCREDI, par=agent)
        venue.journee(MERCREDI).pointer(Presence.PRESENT, par=agent)
        courte.terminer(self.PLUS_TARD, par=agent)
        assert Inscription.objects.get().au == self.PLUS_TARD
        assert courte.journee(MERCREDI).est_presente

    def test_elle_ne_passe_ni_sur_un_jour_complet_ni_sur_une_autre_activite(
        self, courte, apres_midi, dupont, martin, agent
    ):
        # What precedes is its own: full since, it stands.
        Prestation.objects.update(places=1)
        autre = Inscription.objects.inscrire(
            martin.enfants[0], courte.prestation, martin.famille, du=MERCREDI, jours=Jours.MERCREDI, par=agent
        )
        with pytest.raises(erreurs.Complet):
            courte.terminer(self.PLUS_TARD, par=agent)
        autre.terminer(MERCREDI, par=agent)
        courte.refresh_from_db()
        courte.terminer(self.FIN, par=agent)
        Inscription.objects.inscrire(
            courte.enfant, apres_midi, dupont.famille, du=MERCREDI, jours=Jours.MERCREDI, par=agent
        )
        with pytest.raises(erreurs.HorairesIncompatibles):
            courte.terminer(self.PLUS_TARD, par=agent)
        assert set(Inscription.objects.filter(enfant=courte.enfant).values_list("au", flat=True)) == {self.FIN, None}


def test_meme_en_sql_une_reservation_ne_sort_pas_de_son_inscription(dupont, mercredi, agent):
    inscription = inscrire(dupont.enfants[0], mercredi, dupont, agent)
    inscription.reserver([MERCREDI], par=agent)
    with pytest.raises(IntegrityError, match="outside"), transaction.atomic():
        Inscription.objects.update(au=date(2015, 4, 7))
    with pytest.raises(IntegrityError, match="outside"), transaction.atomic():
        Reservation.objects.create(inscription=inscription, jour=date(2014, 8, 31), prestation=mercredi)
    with pytest.raises(IntegrityError, match="une_reservation_par_jour"), transaction.atomic():
        Reservation.objects.create(inscription=inscription, jour=MERCREDI, prestation=mercredi)


def test_changer_de_rythme_laisse_le_passe_et_emporte_l_avenir(dupont, mercredi, agent):
    inscription = inscrire(dupont.enfants[0], mercredi, dupont, agent)
    inscription.reserver([date(2015, 3, 4), date(2015, 4, 29)], par=agent)
    suite = inscription.changer_rythme(Jours.MERCREDI, a_compter_du=MERCREDI, par=agent)
    inscription.refresh_from_db()
    assert (inscription.au, suite.du, suite.au) == (date(2015, 4, 7), MERCREDI, None)
    assert [r.jour for r in inscription.reservations.all()] == [date(2015, 3, 4)]
    assert [r.jour for r in suite.reservations.all()] == [date(2015, 4, 29)]
    assert suite.journee(MERCREDI).etat == Etat.REGULIERE


def test_un_rythme_change_depuis_le_premier_jour_reste_celui_de_la_meme_inscription(dupont, mercredi, agent):
    inscription = inscrire(dupont.enfants[0], mercredi, dupont, agent)
    ancienne = Inscription.objects.get()
    suite = inscription.changer_rythme(Jours.MERCREDI, a_compter_du=RENTREE, par=agent)
    assert suite.pk == ancienne.pk
    # A page that was open before sees the new pattern.
    with pytest.raises(erreurs.DejaReserve):
        ancienne.demander([MERCREDI], par=agent)
    assert Inscription.objects.get().est_reguliere


def test_un_enfant_venu_sans_inscription_est_une_erreur_jusqu_a_ce_qu_on_l_inscrive(
    dupont, mercredi, agent, jeudi_2_avril
):
    jeudi_2_avril.move_to("2015-04-08T18:00:00+02:00")
    lea = dupont.enfants[0]
    accueil = accueillir(lea, mercredi, dupont.famille, MERCREDI, par=agent)
    accueil.journee(MERCREDI).pointer(Presence.PRESENT, arrivee=time(9), par=agent)
    assert [r.inscription for r in Reservation.objects.en_erreur()] == [accueil]
    assert accueillir(lea, mercredi, dupont.famille, MERCREDI, par=agent) == accueil
    inscription = inscrire(lea, mercredi, dupont, agent)
    assert not Reservation.objects.en_erreur().exists()
    assert list(Inscription.objects.all()) == [inscription]
    assert inscription.journee(MERCREDI).est_presente
