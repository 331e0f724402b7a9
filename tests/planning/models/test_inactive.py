"""A prestation that ends on a day: from then on nobody books it, it leaves every list together; before, all stays."""

from datetime import date

import pytest
from django.db import OperationalError
from django.db.models import QuerySet

from facturation.campagne.regles import ReglesDUnePrestation, _lire_prestation, _prestation_en_json
from messagerie.destinataires.par_planning import FamillesDUnePrestation, FamillesDUneStructure
from planning import erreurs
from planning.appel.appels_du_jour import appels_du_jour
from planning.appel.attendus import Appel
from planning.journees.prochaines import prochains_jours
from planning.models import Inscription, Prestation, Structure, jours_ouverts
from planning.mois.enfant import MoisEnfant
from planning.regles.etats import Etat
from planning.regles.jours import Jours

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")
FIN, AVANT, APRES = date(2015, 5, 1), date(2015, 4, 29), date(2015, 5, 6)


@pytest.fixture
def inscription(dupont, mercredi, agent) -> Inscription:
    return Inscription.objects.inscrire(dupont.enfants[0], mercredi, dupont.famille, du=date(2014, 9, 1), par=agent)


@pytest.fixture
def reguliere(martin, mercredi, agent) -> Inscription:
    return Inscription.objects.inscrire(
        martin.enfants[0], mercredi, martin.famille, du=date(2014, 9, 1), jours=Jours.MERCREDI, par=agent
    )


def arreter(objet: Prestation | Structure, jour: date | None = FIN) -> None:
    objet.inactive_depuis = jour
    objet.save()


def relire(inscription: Inscription) -> Inscription:
    return Inscription.objects.get(pk=inscription.pk)


def phrase(refus) -> str:
    return str(refus.value).replace("\u00a0", " ")


class TestLePlanning:
    def test_on_ne_la_reserve_plus_parent_ni_agent(self, inscription, mercredi, dupont, agent):
        arreter(mercredi)
        relire(inscription).demander([AVANT], par=dupont.compte)
        for par in (dupont.compte, agent):
            with pytest.raises(erreurs.JourFerme) as refus:
                relire(inscription).demander([APRES], par=par)
            assert phrase(refus) == "Cette prestation n’est plus proposée depuis le 01/05/2015."

    def test_les_jours_reguliers_cessent_ce_jour_la(self, reguliere, mercredi):
        arreter(mercredi)
        assert [j.etat for j in relire(reguliere).journees([AVANT, APRES])] == [Etat.REGULIERE, Etat.AUCUN]
        assert jours_ouverts([mercredi], AVANT, APRES) == {mercredi.pk: [AVANT]}

    def test_elle_quitte_la_grille_apres_son_dernier_mois(self, inscription, mercredi, dupont, agent):
        inscription.reserver([APRES], par=agent)
        arreter(mercredi, date(2015, 4, 30))

        def lignes(mois: int) -> list[str]:
            grille = MoisEnfant(dupont.enfants[0], dupont.famille, 2015, mois).grille
            return [ligne.titre for ligne in grille.lignes]

        assert (lignes(4), lignes(5)) == (["ALSH Mercredi journée"], [])

    def test_elle_quitte_les_appels(self, reguliere, mercredi):
        arreter(mercredi)
        assert [a.prestation for a in appels_du_jour(AVANT)] == [mercredi]
        assert appels_du_jour(APRES) == []
        assert [ligne.est_attendue for ligne in Appel([mercredi], AVANT).lignes] == [True]
        assert not any(ligne.est_attendue for ligne in Appel([mercredi], APRES).lignes)

    def test_elle_quitte_les_prochains_jours(self, inscription, mercredi, dupont, agent, jeudi_2_avril):
        inscription.reserver([AVANT, APRES], par=agent)
        arreter(mercredi)
        jeudi_2_avril.move_to("2015-04-28T08:00:00+02:00")
        [jours] = prochains_jours(dupont.famille, du=date(2015, 4, 28), nombre=14).values()
        assert list(jours) == [AVANT]

    def test_elle_ne_retient_plus_l_enfant_ailleurs(self, reguliere, mercredi, apres_midi, martin, agent):
        arreter(mercredi)
        ailleurs = Inscription.objects.inscrire(
            martin.enfants[0], apres_midi, martin.famille, du=FIN, jours=Jours.MERCREDI, par=agent
        )
        assert ailleurs.journee(APRES).etat == Etat.REGULIERE
        with pytest.raises(erreurs.HorairesIncompatibles):
            Inscription.objects.inscrire(
                martin.enfants[0],
                apres_midi,
                martin.famille,
                du=date(2015, 4, 1),
                au=date(2015, 4, 30),
                jours=Jours.MERCREDI,
                par=agent,
            )

    def test_ce_qui_etait_reserve_au_dela_ne_retient_personne(self, inscription, mercredi, apres_midi, dupont, agent):
        inscription.reserver([AVANT, APRES], par=agent)
        arreter(mercredi)
        autre = Inscription.objects.inscrire(dupont.enfants[0], apres_midi, dupont.famille, du=AVANT, par=agent)
        assert autre.jours_pris_ailleurs([AVANT, APRES]) == {AVANT}

    def test_on_n_y_inscrit_plus(self, mercredi, dupont, agent):
        arreter(mercredi)
        enfant = dupont.enfants[0]
        Inscription.objects.inscrire(enfant, mercredi, dupont.famille, du=AVANT, au=date(2015, 4, 30), par=agent)
        with pytest.raises(erreurs.InscriptionImpossible, match="plus proposée depuis le 01/05/2015"):
            Inscription.objects.inscrire(enfant, mercredi, dupont.famille, du=FIN, par=agent)

    def test_la_date_effacee_tout_revient(self, inscription, mercredi, dupont, agent):
        inscription.reserver([APRES], par=agent)
        arreter(mercredi)
        arreter(mercredi, None)
        case = MoisEnfant(dupont.enfants[0], dupont.famille, 2015, 5).grille.lignes[0].case(APRES)
        assert case.affichage.libelle == "réservé"


class TestLesListes:
    def test_elle_est_proposee_jusqu_a_la_veille(self, mercredi, jeudi_2_avril):
        arreter(mercredi)
        jeudi_2_avril.move_to("2015-04-30T23:00:00+02:00")
        assert list(Prestation.objects.actives()) == [mercredi]
        assert mercredi.est_active
        jeudi_2_avril.move_to("2015-05-01T00:30:00+02:00")
        assert not Prestation.objects.actives().exists()
        assert not mercredi.est_active
        assert not FamillesDUnePrestation().fields["prestation"].queryset.exists()

    def test_une_structure_entraine_ses_prestations(self, mercredi, apres_midi, alsh, jeudi_2_avril):
        arreter(apres_midi, AVANT)
        arreter(alsh)
        fins = dict(Prestation.objects.values_list("nom", "inactive_depuis"))
        assert fins == {"ALSH Mercredi journée": FIN, "ALSH Mercredi après-midi": AVANT}
        jeudi_2_avril.move_to("2015-05-02T08:00:00+02:00")
        assert not FamillesDUneStructure().fields["structure"].queryset.exists()

    def test_ce_qu_une_structure_avait_arrete_suit_sa_date(self, mercredi, apres_midi, alsh):
        arreter(apres_midi, AVANT)
        arreter(alsh)
        arreter(alsh, None)
        fins = dict(Prestation.objects.values_list("nom", "inactive_depuis"))
        assert fins == {"ALSH Mercredi journée": None, "ALSH Mercredi après-midi": AVANT}

    def test_une_prestation_ne_survit_pas_a_sa_structure(self, mercredi, alsh):
        arreter(alsh)
        mercredi.refresh_from_db()
        arreter(mercredi, None)
        assert Prestation.objects.get().inactive_depuis == FIN


def test_une_campagne_garde_la_date_avec_ses_regles(mercredi):
    arreter(mercredi)
    regles = ReglesDUnePrestation(mercredi.structure_id, mercredi.ouverture, mercredi.heure_debut, mercredi.heure_fin)
    assert _lire_prestation(_prestation_en_json(regles)) == regles
    anciennes = {cle: v for cle, v in _prestation_en_json(regles).items() if cle != "inactive_depuis"}
    assert _lire_prestation(anciennes).ouverture.inactive_depuis is None


def test_une_structure_et_ses_prestations_cessent_ensemble_ou_pas_du_tout(alsh, mercredi, monkeypatch):
    """PostgreSQL goes away between the two."""

    def couper(*args: object, **champs: object) -> int:
        raise OperationalError

    with monkeypatch.context() as panne:
        panne.setattr(QuerySet, "update", couper)
        with pytest.raises(OperationalError):
            arreter(alsh)
    alsh.refresh_from_db()
    mercredi.refresh_from_db()
    assert (alsh.inactive_depuis, mercredi.inactive_depuis) == (None, None)
