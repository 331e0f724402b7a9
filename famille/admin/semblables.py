"""Whom one could take for another: two children alike, an adult of two familles, a child of none."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from famille.models import Enfant, Responsable
from francais import replier
from socle.admin.semblables import Doute

Identite = tuple[str, str, str, date | None]  # which kind, name and first name folded, birth
SANS_FAMILLE: Identite = ("sans famille", "", "", None)


def enfant_identifie(enfant: Enfant) -> set[Identite]:
    identites: set[Identite] = {("enfant", replier(enfant.nom), replier(enfant.prenom), enfant.date_naissance)}
    return identites if enfant.rattachements.exists() else identites | {SANS_FAMILLE}


def adultes_identifies(responsables: Iterable[Responsable]) -> set[Identite]:
    return {_adulte_identifie(responsable) for responsable in responsables}


def doutes_sur_un_enfant(enfant: Enfant, nouvelles: set[Identite]) -> list[Doute]:
    doutes = []
    if nouvelles - {SANS_FAMILLE}:
        homonymes = Enfant.objects.connus().homonymes(enfant.nom, enfant.prenom).exclude(pk=enfant.pk)
        for autre in homonymes.filter(date_naissance=enfant.date_naissance).prefetch_related("familles"):
            lien = reverse("admin:famille_enfant_change", args=[autre.pk])
            doutes.append(Doute(f"Un enfant pareil existe déjà\u00a0: {autre.en_choix}.", lien))
    if SANS_FAMILLE in nouvelles:
        doutes.append(Doute("Cet enfant n’est rattaché à aucune famille\u00a0: personne ne pourrait l’inscrire."))
    return doutes


def doutes_sur_des_adultes(responsables: Iterable[Responsable], nouvelles: set[Identite]) -> list[Doute]:
    doutes = []
    for responsable in responsables:
        if _adulte_identifie(responsable) in nouvelles:
            memes = Responsable.objects.homonymes(responsable.nom, responsable.prenom).exclude(pk=responsable.pk)
            for autre in memes.select_related("famille").prefetch_related("famille__responsables", "famille__enfants"):
                lien = reverse("admin:famille_responsable_change", args=[autre.pk])
                doutes.append(Doute(_meme_adulte(responsable, autre), lien))
    return doutes


def _adulte_identifie(responsable: Responsable) -> Identite:
    return "adulte", replier(responsable.nom), replier(responsable.prenom), None


def _meme_adulte(responsable: Responsable, autre: Responsable) -> str:
    """What the two records share is said: namesakes exist."""
    communs = [
        dit
        for dit, ici, la in (
            ("même e-mail", responsable.email.lower(), autre.email.lower()),
            ("même mobile", str(responsable.mobile), str(autre.mobile)),
            ("même adresse", replier(responsable.adresse), replier(autre.adresse)),
        )
        if ici and ici == la
    ]
    precision = f" ({', '.join(communs)})" if communs else ""
    return f"{autre.nom_complet} est déjà dans une famille\u00a0: {autre.famille.en_choix}{precision}."
