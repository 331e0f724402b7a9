"""What each famille is told of its inscriptions at la rentrée: one message, with all that was made of them."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

import francais
from famille.models import Compte, Famille
from planning.models import Reconduction
from planning.portee.messager import ecrire, lister
from planning.regles.jours import UN_JOUR
from socle.annee_scolaire import AnneeScolaire

LOT = 100  # familles written to in one transaction
Sorte = Reconduction.Sorte


def sujet(annee: AnneeScolaire) -> str:
    return f"Vos inscriptions à la rentrée {annee.debut}"


def message(annee: AnneeScolaire, lignes: Sequence[Reconduction]) -> list[str]:
    """Of one famille, a paragraph each."""
    periode = francais.periode(annee.du, annee.au)
    fin = francais.date_courte(annee.du - UN_JOUR)
    titres = {
        Sorte.RECONDUITE: f"Le centre a reconduit, {periode}, aux mêmes jours",
        Sorte.TERMINEE: f"Se terminent le {fin}",
    }
    phrases = [
        f"{titre}\u00a0:\n{lister(dites)}"
        for sorte, titre in titres.items()
        if (dites := [_dire(ligne) for ligne in lignes if ligne.sorte == sorte])
    ]
    return [*phrases, "Une erreur, un changement\u00a0? Répondez à ce message."]


def a_prevenir(annee: AnneeScolaire) -> int:
    """How many familles have something to be told."""
    return Reconduction.objects.a_dire(annee).order_by().values("inscription__famille").distinct().count()


def exemple(annee: AnneeScolaire) -> list[str]:
    """What the first of them would read; nothing if there is none."""
    premiere = Reconduction.objects.a_dire(annee).order_by("inscription__famille").first()
    if premiere is None:
        return []
    siennes = Reconduction.objects.a_dire(annee).filter(inscription__famille=premiere.inscription.famille_id)
    return message(annee, list(siennes.select_related("inscription__enfant", "inscription__prestation")))


@transaction.atomic
def prevenir_un_lot(annee: AnneeScolaire, *, par: Compte) -> int:
    """Write to some of the familles that were not yet; returns how many, 0 when none is left or free."""
    a_dire = Reconduction.objects.a_dire(annee)
    familles = a_dire.order_by("inscription__famille").values_list("inscription__famille", flat=True).distinct()[:LOT]
    lues = a_dire.filter(inscription__famille__in=list(familles)).select_for_update(skip_locked=True, of=("self",))
    par_famille: defaultdict[int, list[Reconduction]] = defaultdict(list)
    for ligne in lues.select_related("inscription__enfant", "inscription__prestation").order_by("pk"):
        par_famille[ligne.inscription.famille_id].append(ligne)
    connues = Famille.objects.avec_responsables().in_bulk(list(par_famille))
    for famille, lignes in sorted(par_famille.items()):
        enfant = lignes[0].inscription.enfant
        chemin = reverse("planning:mois", args=[enfant.pk, annee.debut, f"{annee.du.month:02}"])
        bouton = f"Voir le planning de {enfant.prenom}"
        ecrire(connues[famille], sujet(annee), message(annee, lignes), chemin=chemin, bouton=bouton, par=par)
    dites = [ligne.pk for lignes in par_famille.values() for ligne in lignes]
    Reconduction.objects.filter(pk__in=dites).update(dite_le=timezone.now())
    return len(par_famille)


def _dire(ligne: Reconduction) -> str:
    """« Léa, Garderie matin (lundi, mardi) »."""
    une = ligne.inscription
    jours = f" ({une.rythme})" if une.jours else ""
    return f"{une.enfant.prenom}, {une.prestation}{jours}"
