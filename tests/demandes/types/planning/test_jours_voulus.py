"""The days that a parent wants: which may be asked for, and why the others may not."""

from datetime import date

import pytest

from demandes.erreurs import NeTientPlus
from demandes.models import Demande
from demandes.types import GENRES
from tests.demandes.jours import MERCREDIS, codes, demander

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


def test_la_page_met_a_part_les_jours_impossibles_et_dit_pourquoi(dupont, mercredis):
    contenu = GENRES.pour("reservation")(dupont.famille, dupont.enfants[0])
    voulus = contenu.examiner(
        codes(mercredis, [date(2015, 4, 1), date(2015, 4, 6), date(2015, 4, 8), date(2015, 5, 13)])
    )
    assert [(v.jour.day, v.refus.replace("\u00a0", " ")) for v in voulus] == [
        (1, "Le mercredi 1er avril est passé."),
        (6, "Le lundi 6 avril est férié (Lundi de Pâques)."),
        (8, ""),
        (13, "La structure est fermée le mercredi 13 mai : pont de l’Ascension."),
    ]


def test_un_jour_complet_est_mis_a_part(dupont, mercredi, mercredis):
    mercredi.places = 0
    mercredi.save()
    contenu = GENRES.pour("reservation")(dupont.famille, dupont.enfants[0])
    (voulu,) = contenu.examiner(codes(mercredis, MERCREDIS[:1]))
    assert voulu.refus == "Il n’y a plus de place le mercredi 8 avril."


def test_un_jour_ou_l_enfant_est_attendu_ailleurs_est_mis_a_part(dupont, mercredis, apres_midi, inscrire):
    demander(dupont, mercredis, MERCREDIS[:1])
    contenu = GENRES.pour("reservation")(dupont.famille, dupont.enfants[0])
    premier, second = contenu.examiner(codes(inscrire(apres_midi), MERCREDIS[:2]))
    assert "attendu ailleurs" in premier.refus
    assert second.refus == ""


def test_les_jours_d_une_autre_famille_ne_se_demandent_pas(martin, mercredis):
    envoi = {"jours": codes(mercredis, MERCREDIS[:1])}
    contenu = GENRES.pour("reservation")(martin.famille, martin.enfants[0], envoi)
    assert contenu.errors == {"jours": ["Ces jours ne sont pas de cet enfant."]}
    assert contenu.voulus == []


@pytest.mark.parametrize(
    "code", ["", "1:0001-01-01", "1:9999-12-31", "x:2015-04-08", "1:hier", "1", "99999999999999999999:2015-04-08"]
)
def test_un_jour_illisible_fait_refuser_les_autres(dupont, code):
    contenu = GENRES.pour("reservation")(dupont.famille, dupont.enfants[0], {"jours": ["1:2015-04-08", code]})
    assert list(contenu.errors) == ["jours"]


def test_le_meme_jour_ecrit_de_deux_facons_n_est_demande_qu_une_fois_et_a_sa_date(dupont, mercredis):
    envoi = {"jours": [*codes(mercredis, MERCREDIS[::-1]), f"{mercredis.pk}:20150408"]}
    contenu = GENRES.pour("reservation")(dupont.famille, dupont.enfants[0], envoi)
    assert contenu.is_valid()
    assert contenu.changements["jours"] == codes(mercredis, MERCREDIS)


@pytest.mark.parametrize("jour", ["2015-04-01", "2015-04-06", "2015-04-09"])
def test_un_jour_passe_ferie_ou_ferme_ne_se_demande_pas_meme_en_forcant(dupont, mercredis, jour):
    envoi = {"jours": [f"{mercredis.pk}:{jour}"]}
    contenu = GENRES.pour("reservation")(dupont.famille, dupont.enfants[0], envoi)
    assert contenu.is_valid()
    with pytest.raises(NeTientPlus):
        Demande.deposer(contenu, par=dupont.compte)
    assert not Demande.objects.exists()
