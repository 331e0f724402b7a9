"""The next days of a child are drawn by hand: to the byte what a template says, and nothing of them is a tag."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template

from planning.regles.affichage import Affichage
from planning.regles.legende import Statut
from portail.accueil import JourDuPlanning
from portail.templatetags.prochains import prochains

PIEGE = "<b>Noé & l’\"ami\"</b> 'x'"
GABARIT = """{% for jour in ligne.jours %}{% if not forloop.first %} {% endif %}<li class="prochains__jour">\
<a class="touche" href="{{ jour.adresse }}">{{ jour.libelle }}\
<span class="visually-hidden">\u00a0: {{ ligne.enfant.prenom }}</span></a> <ul class="prochains__journees">\
{% for prevu in jour.rendez_vous %}{% if not forloop.first %} {% endif %}<li>\
<b class="jeton {{ prevu.affichage.classes }}" aria-hidden="true">{{ prevu.affichage.symbole }}</b>\
<span>{{ prevu.prestation }}{% if prevu.va_de_soi %}\
<span class="visually-hidden">\u00a0: {{ prevu.affichage.libelle }}</span>{% else %} \
<small>{{ prevu.affichage.libelle }}</small>{% endif %}</span></li>{% endfor %}</ul></li>{% endfor %}"""


def prevu(statut: Statut, *, va_de_soi: bool) -> SimpleNamespace:
    return SimpleNamespace(affichage=Affichage(statut), prestation=PIEGE, va_de_soi=va_de_soi)


@pytest.mark.parametrize("nombre", [0, 1, 2])
def test_les_jours_d_un_enfant_se_dessinent_comme_dans_un_gabarit(nombre):
    rendez_vous = [prevu(Statut.RESERVE, va_de_soi=True), prevu(Statut.DEMANDE_EN_ATTENTE, va_de_soi=False)]
    jours = [JourDuPlanning(PIEGE, "/enfants/1/?a&b", rendez_vous) for _ in range(nombre)]
    ligne = SimpleNamespace(enfant=SimpleNamespace(prenom=PIEGE), jours=jours)
    assert prochains(ligne) == Template(GABARIT).render(Context({"ligne": ligne}))
    assert "<b>Noé" not in prochains(ligne)
