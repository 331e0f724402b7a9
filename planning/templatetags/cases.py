"""`{{ ligne|cases_de_parent }}` and its kin: a grid's cells, drawn by `planning.mois.dessin`."""

from django import template

from planning.mois import dessin

register = template.Library()

for dessiner in (dessin.cases_de_parent, dessin.cases_d_agent, dessin.jours_d_agenda, dessin.cols, dessin.tetes):
    register.filter(dessiner)
