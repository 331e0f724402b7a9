"""The rows that a search finds, each kind in one query, none that the agent may not see."""

from collections.abc import Iterable, Sequence
from typing import TypeVar, cast

from django.db.models import Model, Q, QuerySet

from demandes.models import Demande
from facturation.models import Avoir, Facture, Reglement
from facturation.models.operation import Operation
from famille.models import Compte, Enfant, Famille, Rattachement, Responsable
from francais import ordre
from portail.guichet.recherche.saisie import Saisie

LIGNES_MAX = 20
LUES_MAX = 1000  # whom the first letters of a name find: beyond, one has to type more of it
OPERATIONS = (Facture, Avoir, Reglement)

# For each word that was typed, those that it may stand for.
Variantes = Sequence[Sequence[str]]
Personne = TypeVar("Personne", Enfant, Responsable)


def familles_nommees(variantes: Variantes) -> list[int]:
    """Of whom each word names a responsable or a child, and one of them a responsable at least: a first name alone
    finds children in their own group. In the order of their names."""
    responsables = Responsable.objects.nommes(*(mot for mots in variantes for mot in mots))
    for mots in variantes if len(variantes) > 1 else ():
        des_adultes = Responsable.objects.nommes(*mots)
        des_enfants = Rattachement.objects.filter(enfant__in=Enfant.objects.connus().nommes(*mots))
        nomme = Q(famille__in=des_adultes.values("famille")) | Q(famille__in=des_enfants.values("famille"))
        responsables = responsables.filter(nomme)
    return _familles(responsables)


def enfants_nommes(variantes: Variantes) -> list[Enfant]:
    """Whom each word names."""
    enfants = Enfant.objects.connus()
    for mots in variantes:
        enfants = enfants.nommes(*mots)
    cles = _dans_l_ordre(enfants, "pk")
    lus = Enfant.objects.avec_ecole().in_bulk(cles) if cles else {}
    return [lus[cle] for cle in cles]


def familles_jointes(saisie: Saisie) -> list[int]:
    """By a telephone, an e-mail."""
    if saisie.courriel:
        return _familles(Responsable.objects.ecrits_a(saisie.courriel))
    return _familles(Responsable.objects.joignables_au(saisie.telephone)) if saisie.telephone else []


def familles_numerotees(saisie: Saisie) -> list[int]:
    """By their number, or a part of it."""
    numero = saisie.numero_de_famille
    if not numero:
        return []
    voulues = Q(numero=numero) if saisie.est_un_numero_de_famille_entier else Q(numero__contains=numero)
    return list(Famille.objects.filter(voulues).order_by("numero").values_list("pk", flat=True)[: LIGNES_MAX + 1])


def operations_numerotees(saisie: Saisie, agent: Compte) -> list[Operation]:
    """Invoices, avoirs and payments of that number: a régie numbers each kind apart. « 36 » is of any régie."""
    if saisie.reference:
        voulues = Q(regie__code__iexact=saisie.reference[0], numero=saisie.reference[1])
    elif saisie.numero:
        voulues = Q(numero=saisie.numero)
    else:
        return []
    return [
        operation
        for modele in OPERATIONS
        if peut_voir(agent, modele)
        for operation in modele._default_manager.filter(voulues).select_related("regie").order_by("regie")[:LIGNES_MAX]
    ]


def factures_dues(familles: Iterable[int], agent: Compte) -> list[Operation]:
    """What those familles still have to pay, the oldest first."""
    if not (cles := list(familles)) or not peut_voir(agent, Facture):
        return []
    dues = Facture.objects.filter(famille__in=cles).impayees().plus_anciennes_d_abord()
    return list(dues.select_related("regie")[: LIGNES_MAX + 1])


def demandes(saisie: Saisie, familles: Iterable[int], agent: Compte) -> list[Demande]:
    """That of this number, or those of these familles that wait for an answer."""
    if not agent.has_perm("demandes.traiter_demande"):
        return []
    traitables = cast(QuerySet[Demande], Demande.objects.traitables_par(agent).select_related("enfant"))
    if saisie.numero:
        return list(traitables.filter(pk=saisie.numero))
    cles = list(familles)
    attendent = Demande.objects.traitables_par(agent).en_attente().filter(famille__in=cles).select_related("enfant")
    return list(attendent.plus_anciennes_d_abord()[: LIGNES_MAX + 1]) if cles else []


def relire_familles(cles: Iterable[int]) -> dict[int, Famille]:
    """With their people, in three queries."""
    lues = Famille.objects.filter(pk__in=set(cles)).prefetch_related("responsables", "enfants")
    return {famille.pk: famille for famille in lues}


def familles_des_enfants(enfants: Iterable[Enfant]) -> dict[int, list[int]]:
    """{child: its familles}."""
    par_enfant: dict[int, list[int]] = {enfant.pk: [] for enfant in enfants}
    if par_enfant:
        rattachements = Rattachement.objects.filter(enfant__in=par_enfant).order_by("famille")
        for enfant, famille in rattachements.values_list("enfant", "famille"):
            par_enfant[enfant].append(famille)
    return par_enfant


def peut_voir(agent: Compte, modele: type[Model]) -> bool:
    return agent.has_perm(f"{modele._meta.app_label}.view_{modele._meta.model_name}")


def _familles(responsables: QuerySet[Responsable]) -> list[int]:
    """In the order of their names; both adults of one are one."""
    return _dans_l_ordre(responsables, "famille")


def _dans_l_ordre(personnes: QuerySet[Personne], cle: str) -> list[int]:
    """The first of these keys, in the order of the names: read as the index of the words gives them, sorted here.

    Asked for them in order, PostgreSQL would rather go through the whole town in that order.
    """
    lues = personnes.order_by().values_list("nom", "prenom", cle)[:LUES_MAX]
    cles = (cle for *_, cle in sorted(lues, key=lambda lue: (*ordre(lue[0], lue[1]), lue[2])))
    return list(dict.fromkeys(cles))[: LIGNES_MAX + 1]
