"""Who a searched word finds: for the `trouve` of any page about a famille, its people, or what is theirs."""

from django.db.models import Q

from famille.models import Enfant, Famille, Rattachement, Responsable


def responsable(mot: str, chemin: str = "pk") -> Q:
    return Q(**{f"{chemin}__in": Responsable.objects.nommes(mot).values("pk")})


def enfant(mot: str, chemin: str = "pk") -> Q:
    return Q(**{f"{chemin}__in": Enfant.objects.nommes(mot).values("pk")})


def famille(mot: str, chemin: str = "pk") -> Q:
    """By a responsable, a child, or a part of its number."""
    return famille_du_responsable(mot, chemin) | famille_de_l_enfant(mot, chemin) | famille_numerotee(mot, chemin)


def famille_du_responsable(mot: str, chemin: str) -> Q:
    return Q(**{f"{chemin}__in": Responsable.objects.nommes(mot).values("famille")})


def famille_de_l_enfant(mot: str, chemin: str) -> Q:
    rattachements = Rattachement.objects.filter(enfant__in=Enfant.objects.nommes(mot))
    return Q(**{f"{chemin}__in": rattachements.values("famille")})


def famille_numerotee(mot: str, chemin: str) -> Q:
    numerotees = Famille.objects.filter(numero__contains=mot) if mot.isdecimal() else Famille.objects.none()
    return Q(**{f"{chemin}__in": numerotees.values("pk")})
