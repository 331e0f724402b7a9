"""People found again: by a telephone, an address, the beginning of a name, an insurance that ends; what was done."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from famille.models import Enfant, FichierAImporter, LectureConfidentielle, NoteDuCentre, PassageDeClasse, Responsable
from socle.annee_scolaire import AnneeScolaire
from tests.fabriques import AssuranceFactory, EnfantFactory, ResponsableFactory

pytestmark = pytest.mark.django_db
LE_8_AVRIL = date(2015, 4, 8)


def test_un_adulte_se_retrouve_par_chacun_de_ses_telephones(dupont):
    numeros = {"mobile": "0611223344", "telephone_domicile": "0511223344", "telephone_professionnel": "0411223344"}
    anna = ResponsableFactory(**numeros)
    for numero in numeros.values():
        assert list(Responsable.objects.joignables_au(numero[1:])) == [anna]
    assert not Responsable.objects.joignables_au("344 5112").exists()


def test_un_adulte_se_retrouve_par_le_debut_de_son_adresse(dupont, martin):
    assert list(Responsable.objects.ecrits_a("Jean.D")) == [dupont.titulaire]
    assert not Responsable.objects.ecrits_a("wanadoo").exists()


def test_une_personne_se_retrouve_par_le_debut_d_un_de_ses_noms(dupont, martin):
    assert list(Responsable.objects.nommes("mart")) == [martin.titulaire]
    assert set(Responsable.objects.nommes("jean", "soph")) == {dupont.titulaire, dupont.conjoint, martin.titulaire}


def test_les_noms_et_les_prenoms_que_l_on_porte_sont_dits_une_fois(dupont, martin):
    noms = sorted(Responsable.objects.noms_et_prenoms())
    assert noms == ["DUPONT", "Jean", "Jeanne", "MARTIN", "Sophie"]


def test_une_assurance_est_a_renouveler_un_mois_avant_sa_fin_et_pendant_un_an():
    def assure(fin: date, **champs: object) -> Enfant:
        return AssuranceFactory(expire_le=fin, enfant=EnfantFactory(**champs)).enfant

    bientot, passee = LE_8_AVRIL + timedelta(days=30), LE_8_AVRIL - timedelta(days=365)
    attendus = {assure(bientot), assure(passee)}
    assure(bientot + timedelta(days=1))
    assure(passee - timedelta(days=1))
    assure(LE_8_AVRIL, fondu_dans=EnfantFactory())
    assert set(Enfant.objects.a_reassurer(LE_8_AVRIL)) == attendus


def test_la_lecture_de_plusieurs_fiches_est_notee_pour_chacune(dupont, martin, animateur):
    LectureConfidentielle.objects.noter_les_fiches([*dupont.enfants, *martin.enfants], par=animateur)
    lues = LectureConfidentielle.objects.order_by("enfant_nom")
    assert [(une.enfant_nom, une.par, une.par_identifiant) for une in lues] == [
        ("Léa DUPONT", animateur, "animateur"),
        ("Tom MARTIN", animateur, "animateur"),
    ]


def test_une_note_du_centre_ne_garde_que_ses_mots(dupont, agent):
    NoteDuCentre.objects.ecrire(dupont.famille, "\n Rappeler lundi. ", par=agent)
    assert NoteDuCentre.objects.get().texte == "Rappeler lundi."


def test_ce_que_sont_les_colonnes_d_un_fichier_est_retenu(directrice):
    fichier = FichierAImporter.objects.create(nom="f.csv", table={"entetes": ["A"], "lignes": []}, par=directrice)
    fichier.associer({"0": "nom"})
    assert FichierAImporter.objects.get().colonnes == {"0": "nom"}


def test_les_passages_faits_ensemble_se_retrouvent_les_derniers_d_abord(dupont, martin, directrice):
    (lea,), (tom,), annee = dupont.enfants, martin.enfants, AnneeScolaire(2015)
    matin = datetime(2015, 7, 6, 9, tzinfo=ZoneInfo("Europe/Paris"))
    soir = matin + timedelta(hours=9)
    for enfant, debut, le in ((lea, 2014, matin), (lea, 2015, matin), (tom, 2015, soir)):
        PassageDeClasse.objects.create(enfant=enfant, annee=debut, avant="CE1", apres="CE2", par=directrice, le=le)
    assert [lot["le"] for lot in PassageDeClasse.objects.lots(annee)] == [soir, matin]
    assert [passage.enfant for passage in PassageDeClasse.objects.du_lot(annee, matin)] == [lea]


def test_une_fiche_que_l_on_voit_dix_fois_un_jour_est_lue_une_fois_ce_jour(
    dupont, martin, animateur, agent, time_machine
):
    journal = LectureConfidentielle.objects
    # Midnight by the town's clock, to the second.
    for instant in ("2015-04-07 23:59:59+02:00", "2015-04-08 00:00:00+02:00", "2015-04-08 18:00+02:00"):
        time_machine.move_to(instant, tick=False)
        journal.noter_les_fiches_du_jour([*dupont.enfants, *martin.enfants], par=animateur)
    journal.noter_les_fiches_du_jour(dupont.enfants, par=agent)
    journal.noter_les_fiches_du_jour([], par=agent)
    lues = [(une.enfant_nom, une.par_identifiant) for une in journal.order_by("enfant_nom", "pk")]
    assert lues == [("Léa DUPONT", "animateur")] * 2 + [("Léa DUPONT", "agent")] + [("Tom MARTIN", "animateur")] * 2
