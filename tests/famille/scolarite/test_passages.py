"""The classes at la rentrée: up by one, once; who leaves, who stays, who is to be placed by hand; and back."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from famille.models import Ecole, Enfant, PassageDeClasse
from famille.scolarite.echelle import ECHELLE, classe_de_l_age, suivante
from famille.scolarite.eleves import Eleves
from famille.scolarite.passages import Choix, PassageDesClasses, RetourDesClasses
from socle.annee_scolaire import AnneeScolaire
from tests.fabriques import EcoleFactory, EnfantFactory, FamilleFactory

ANNEE = AnneeScolaire(2027)
# Born so that the class of 2026-2027 is that of its age.
NAISSANCES = {"PS": 2023, "GS": 2021, "CE1": 2019, "CM2": 2016}


@pytest.fixture(autouse=True)
def juillet(time_machine) -> None:
    time_machine.move_to("2027-07-05 10:00+02:00", tick=False)


@pytest.fixture
def moulin(db) -> Ecole:
    return EcoleFactory(nom="Maternelle du Moulin")


@pytest.fixture
def jaures(db) -> Ecole:
    return EcoleFactory(nom="École Jaurès")


def _enfant(classe: str, ecole: Ecole | None = None, *, ne_en: int = 0, **champs: object) -> Enfant:
    naissance = date(ne_en or NAISSANCES.get(classe, 2019), 5, 17)
    return EnfantFactory(famille=FamilleFactory(), classe=classe, ecole=ecole, date_naissance=naissance, **champs)


def _passer(par, **choix) -> PassageDesClasses:
    passage = PassageDesClasses(Eleves(ANNEE), Choix(**choix))
    passage.faire(par=par)
    return passage


def _relire(enfant: Enfant) -> tuple[str, Ecole | None]:
    enfant.refresh_from_db()
    return enfant.classe, enfant.ecole


def test_l_echelle_va_de_la_toute_petite_section_au_college():
    assert [suivante(classe) for classe in ECHELLE] == [*map(str, ECHELLE[1:]), ""]
    assert [suivante(classe) for classe in ("", "ULIS", "6e")] == ["", "", ""]
    assert [classe_de_l_age(date(n, 12, 31), ANNEE) for n in (2026, 2025, 2021, 2017, 2010)] == [
        "",
        "TPS",
        "CP",
        "CM2",
        "COLLEGE",
    ]


def test_chacun_monte_d_une_classe_et_les_sortants_quittent_leur_ecole(agent, jaures):
    ce1, cm2 = _enfant("CE1", jaures), _enfant("CM2", jaures)
    passage = _passer(agent)
    assert [phrase.replace("\u00a0", " ") for phrase in passage.dire()] == [
        "1 enfant change de classe.",
        "1 enfant est sortant : il passe au collège et quitte son école.",
    ]
    assert _relire(ce1) == ("CE2", jaures)
    assert _relire(cm2) == ("COLLEGE", None)
    assert LogEntry.objects.get(object_id=ce1.pk).change_message == "Rentrée 2027-2028\u00a0: CE1, devient CE2."


def test_faite_deux_fois_elle_ne_fait_monter_personne_deux_fois(agent):
    ce1, maintenu = _enfant("CE1"), _enfant("CE1")
    _passer(agent, restent=frozenset([maintenu.pk]))
    assert Eleves(ANNEE).tous == []
    assert _passer(agent).dire() == []
    assert [_relire(ce1)[0], _relire(maintenu)[0]] == ["CE2", "CE1"]
    _enfant("CE1")  # who came since
    assert len(Eleves(ANNEE).tous) == 1


def test_la_grande_section_d_une_maternelle_change_d_ecole(agent, moulin, jaures):
    _enfant("CE1", jaures)
    grande, petite = _enfant("GS", moulin), _enfant("PS", moulin)
    eleves = Eleves(ANNEE)
    assert eleves.maternelles == [(moulin, 1)]
    assert "y reste rattaché au CP" in " ".join(PassageDesClasses(eleves, Choix()).dire())
    passage = _passer(agent, ecoles={moulin.pk: jaures.pk})
    assert "1\u00a0enfant de «\u00a0Maternelle du Moulin\u00a0» va à «\u00a0École Jaurès\u00a0»." in passage.dire()
    assert _relire(grande) == ("CP", jaures)
    assert _relire(petite) == ("MS", moulin)


def test_une_ecole_primaire_garde_ses_cp(agent, jaures):
    grande, _, _ = _enfant("GS", jaures), _enfant("CE1", jaures), _enfant("CM2", jaures)
    assert Eleves(ANNEE).maternelles == []
    _passer(agent)
    assert _relire(grande) == ("CP", jaures)


def test_qui_n_a_pas_de_classe_sure_est_a_preciser(agent):
    sans = _enfant("", ne_en=2019)
    ulis = _enfant("ULIS", ne_en=2018)
    loin = _enfant("CE1", ne_en=2016)
    Enfant.objects.filter(pk=(faux := _enfant("", ne_en=2020)).pk).update(classe="CP-CE1")
    _enfant("", ne_en=2003)
    _enfant("COLLEGE", ne_en=2012)
    eleves = Eleves(ANNEE)
    assert {eleve.enfant.pk: eleve.pourquoi for eleve in eleves.tous} == {
        sans.pk: "sans classe",
        ulis.pk: "ULIS\u00a0: dites sa classe",
        loin.pk: "CE1 aujourd’hui, loin de son âge",
        faux.pk: "classe inconnue",
    }
    assert _passer(agent).passes == []
    passage = _passer(agent, classes={ulis.pk: "ULIS", loin.pk: "CM2"}, de_leur_age=True)
    assert passage.restent_a_preciser == 0
    assert [_relire(enfant)[0] for enfant in (sans, ulis, loin, faux)] == ["CE2", "ULIS", "CM2", "CE1"]


def test_la_rentree_faite_qui_est_deja_dans_sa_classe_y_reste_d_office(agent, time_machine):
    time_machine.move_to("2027-09-08 10:00+02:00", tick=False)
    _enfant("CE1", ne_en=2019)
    arrivee = _enfant("CE2", ne_en=2019)
    assert {eleve.enfant.pk for eleve in Eleves(ANNEE).tous if eleve.reste} == {arrivee.pk}


def test_un_passage_s_annule_sauf_ce_qu_on_a_corrige_depuis(agent, moulin, jaures):
    _enfant("CE1", jaures)
    grande, corrigee = _enfant("GS", moulin), _enfant("CE1", jaures)
    _passer(agent, ecoles={moulin.pk: jaures.pk})
    Enfant.objects.filter(pk=corrigee.pk).update(classe="CM1")
    (lot,) = PassageDeClasse.objects.lots(ANNEE)
    assert (lot["enfants"], lot["sortants"], lot["nom"]) == (3, 0, "MAIRIE")
    retour = RetourDesClasses(ANNEE, lot["le"])
    assert len(retour.dire()) == 2
    assert retour.faire(par=agent) == 2
    assert _relire(grande) == ("GS", moulin)
    assert _relire(corrigee)[0] == "CM1"
    assert not PassageDeClasse.objects.exists()


def test_une_ville_entiere_passe_en_quelques_requetes(agent, moulin, jaures):
    def compter() -> int:
        with CaptureQueriesContext(connection) as requetes:
            _passer(agent, ecoles={moulin.pk: jaures.pk})
        return len(requetes)

    for classe, ecole in (("GS", moulin), ("CE1", jaures), ("CM2", jaures)):
        _enfant(classe, ecole)
    compter()  # content types are read once
    PassageDeClasse.objects.all().delete()
    for classe, ecole in (("GS", moulin), ("CE1", jaures), ("CM2", jaures)):
        _enfant(classe, ecole)
    peu = compter()
    for _ in range(10):
        _enfant("GS", moulin)
        _enfant("CE1", jaures)
    assert compter() <= peu <= 14
