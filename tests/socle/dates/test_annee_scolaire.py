"""The school year, reckoned in one place: from 1 September to 31 August."""

from datetime import date

import pytest

from socle.annee_scolaire import AnneeScolaire


@pytest.mark.parametrize(
    ("jour", "debut"),
    [(date(2014, 8, 31), 2013), (date(2014, 9, 1), 2014), (date(2014, 12, 31), 2014), (date(2015, 8, 31), 2014)],
)
def test_un_jour_est_de_l_annee_qui_a_commence_en_septembre(jour, debut):
    annee = AnneeScolaire.de(jour)
    assert annee == AnneeScolaire(debut)
    assert annee.du <= jour <= annee.au


def test_elle_va_du_premier_septembre_au_trente_et_un_aout_et_se_dit_par_ses_deux_annees():
    annee = AnneeScolaire(2014)
    assert (annee.du, annee.au, str(annee)) == (date(2014, 9, 1), date(2015, 8, 31), "2014-2015")


def test_entre_deux_jours_il_y_a_celles_qui_en_ont_un():
    assert AnneeScolaire.entre(date(2015, 8, 31), date(2015, 8, 31)) == [AnneeScolaire(2014)]
    assert AnneeScolaire.entre(date(2015, 8, 31), date(2016, 9, 1)) == [AnneeScolaire(n) for n in (2014, 2015, 2016)]


@pytest.mark.parametrize(
    "texte", ["2014", "2014-2016", "0-1", "0000-0001", "14-0015", "9998-9999", "deux-trois", "²014-2015"]
)
def test_ce_qui_n_en_est_pas_une_ne_se_lit_pas(texte):
    assert AnneeScolaire.lire(texte) is None
    assert AnneeScolaire.lire("2014-2015") == AnneeScolaire(2014)
    assert AnneeScolaire.lire("0001-0002") == AnneeScolaire(1)
