"""Cells drawn at once are those that a template would draw one by one, to the byte."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from planning.mois import dessin
from planning.mois.agenda import agenda
from tests.planning.mois.outils import grille

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")

PIEGE = 'Garderie <b>"d\'hiver"</b> & été'

PARENT = """{% for case in ligne.cases %}<td{% if case.classes %} class="{{ case.classes }}"{% endif %}\
{% if case.inscription %} data-i="{{ case.inscription }}"{% endif %}>\
<a href="{{ case.jour.day }}/#p{{ ligne.cle }}" aria-label="{{ case.libelle }}">\
{{ case.symbole }}</a></td>{% endfor %}"""
AGENT = """{% for case in ligne.cases %}<td{% if case.classes %} class="{{ case.classes }}"{% endif %}\
{% if case.inscription %} data-i="{{ case.inscription }}"{% endif %}>\
{% if case.symbole %}<abbr title="{{ case.affichage.libelle }}">{{ case.symbole }}</abbr>{% endif %}</td>{% endfor %}"""
TETES = """{% for colonne in colonnes %}<th scope="col"{% if colonne.est_aujourd_hui %} class="auj" aria-current="date"\
{% endif %}><abbr title="{{ colonne.libelle }}">{{ colonne.abrege }}</abbr></th>{% endfor %}"""
COLS = """{% for colonne in colonnes %}<col{% if colonne.classes %} class="{{ colonne.classes }}"{% endif %}>\
{% endfor %}"""
JOURS = """{% for jour in jours %}<li id="j{{ jour.colonne.jour.day }}"\
{% if jour.colonne.est_aujourd_hui %} aria-current="date"{% endif %}>\
<a href="{{ jour.colonne.jour.day }}/">{{ jour.colonne.libelle|capfirst }}</a>\
{% if jour.colonne.est_aujourd_hui %} <b class="agenda__auj">Aujourd’hui</b>{% endif %}\
{% if jour.fond %} <span>{{ jour.fond }}</span>{% endif %}\
{% if jour.cases %} <ul>{% for ligne, case in jour.cases %}<li><a href="{{ case.jour.day }}/#p{{ ligne.cle }}">\
<b class="jeton {{ case.classes }}" aria-hidden="true">{{ case.symbole }}</b><span>{{ ligne.titre }} \
<small>{{ case.affichage.libelle }}</small></span></a></li>{% endfor %}</ul>{% endif %}</li>{% endfor %}"""


def par_le_gabarit(texte: str, **contexte: object) -> str:
    return Template("{% load l10n %}{% localize off %}" + texte + "{% endlocalize %}").render(Context(contexte))


@pytest.fixture
def avril(dupont, inscriptions, agent):
    """Booked, asked for, away, closed, and two inscriptions that follow one another."""
    garderie = inscriptions[3]
    garderie.prestation.nom = PIEGE
    garderie.prestation.save()
    garderie.terminer(date(2015, 4, 14), par=agent)
    garderie.reserver([date(2015, 4, 8)], par=agent)
    suivante = type(garderie).objects.inscrire(
        dupont.enfants[0], garderie.prestation, dupont.famille, du=date(2015, 4, 15), par=agent
    )
    suivante.reserver([date(2015, 4, 28)], par=agent)
    inscriptions[0].demander([date(2015, 4, 29)], par=dupont.compte)
    return grille(dupont)


def test_les_cases_d_un_parent(avril):
    assert {case.symbole for ligne in avril.lignes for case in ligne.cases} >= {"", "●", "F", "P"}
    assert any(case.inscription for ligne in avril.lignes for case in ligne.cases)
    for ligne in avril.lignes:
        assert dessin.cases_de_parent(ligne) == par_le_gabarit(PARENT, ligne=ligne)
    assert "&lt;b&gt;&quot;d&#x27;hiver&quot;&lt;/b&gt; &amp; été" in dessin.cases_de_parent(avril.lignes[3])


def test_les_cases_d_un_agent(avril):
    for ligne in avril.lignes:
        assert dessin.cases_d_agent(ligne.cases) == par_le_gabarit(AGENT, ligne=ligne)


def test_les_jours_en_tete(avril):
    assert any(colonne.est_aujourd_hui for colonne in avril.colonnes)
    assert dessin.tetes(avril.colonnes) == par_le_gabarit(TETES, colonnes=avril.colonnes)


def test_ce_que_sont_les_colonnes(avril):
    assert any(colonne.classes for colonne in avril.colonnes)
    assert dessin.cols(avril.colonnes) == par_le_gabarit(COLS, colonnes=avril.colonnes)


def test_l_agenda_du_telephone(avril):
    jours = agenda(avril)
    assert any(jour.cases for jour in jours)
    assert any(jour.fond for jour in jours)
    assert any(jour.colonne.est_aujourd_hui for jour in jours)
    assert dessin.jours_d_agenda(jours) == par_le_gabarit(JOURS, jours=jours)


def test_un_libelle_hostile_reste_du_texte():
    case = SimpleNamespace(
        classes='"><script>', inscription=None, symbole="<i>", affichage=SimpleNamespace(libelle="<u>&")
    )
    assert dessin.cases_d_agent([case]) == (
        '<td class="&quot;&gt;&lt;script&gt;"><abbr title="&lt;u&gt;&amp;">&lt;i&gt;</abbr></td>'
    )
