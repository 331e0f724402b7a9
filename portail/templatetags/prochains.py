"""`{{ ligne|prochains }}`: the next days of a child on accueil, drawn by hand like the cells of a month."""

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from planning.journees.prochaines import RendezVous
from planning.mois.dessin import echappe
from portail.accueil import EnfantDuJour, JourDuPlanning

register = template.Library()


@register.filter
def prochains(ligne: EnfantDuJour) -> SafeString:
    """A day each, whose link says of whom it is to who does not see the card."""
    de_qui = f'<span class="visually-hidden">\u00a0: {escape(ligne.enfant.prenom)}</span>'
    return mark_safe(" ".join([_jour(jour, de_qui) for jour in ligne.jours]))


def _jour(jour: JourDuPlanning, de_qui: str) -> str:
    lien = f'<a class="touche" href="{escape(jour.adresse)}">{echappe(jour.libelle)}{de_qui}</a>'
    journees = " ".join([_rendez_vous(prevu) for prevu in jour.rendez_vous])
    return f'<li class="prochains__jour">{lien} <ul class="prochains__journees">{journees}</ul></li>'


def _rendez_vous(prevu: RendezVous) -> str:
    affichage = prevu.affichage
    libelle = echappe(affichage.libelle)
    dit = f'<span class="visually-hidden">\u00a0: {libelle}</span>' if prevu.va_de_soi else f" <small>{libelle}</small>"
    jeton = f'<b class="jeton {echappe(affichage.classes)}" aria-hidden="true">{echappe(affichage.symbole)}</b>'
    return f"<li>{jeton}<span>{echappe(prevu.prestation)}{dit}</span></li>"
