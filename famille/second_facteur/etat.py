"""Where an agent stands: whether they have a second factor, must have one, have passed it in this session.

Read with the account, in the statement of every page: no query here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, JSONField, OuterRef, Subquery, Value, When
from django.db.models.functions import JSONObject
from django.http import HttpRequest

from famille.models import AppareilDeConfiance, Authentificateur, Compte

CLE = "second_facteur"  # in the session
LU = "second_facteur"  # on the account


def lu_avec_le_compte() -> Case:
    """In SQL, beside an account; nothing for a parent."""
    confirmes = Authentificateur.objects.filter(compte=OuterRef("pk"), confirme_le__isnull=False)
    appareils = AppareilDeConfiance.objects.filter(compte=OuterRef("pk")).order_by()
    groupes = Group.objects.filter(user=OuterRef("pk"))
    tout = JSONObject(
        generation=Subquery(confirmes.values("generation")),
        appareils=ArraySubquery(appareils.values("pk")),
        groupes=ArraySubquery(groupes.values("name")),
    )
    return Case(When(is_staff=True, then=tout), default=Value(None), output_field=JSONField())


@dataclass(frozen=True)
class Etat:
    """`generation`: that of the key, None without one; `appareils`: the keys of the devices that are still trusted."""

    generation: str | None
    appareils: frozenset[int]
    est_exige: bool

    @classmethod
    def de(cls, compte: Compte) -> Self:
        lu = getattr(compte, LU, None)
        if lu is None:  # an account that was not loaded for a page
            lu = Compte.objects.filter(pk=compte.pk).values_list(lu_avec_le_compte(), flat=True).get() or {}
        exige = est_exige(lu.get("groupes", ()), est_superutilisateur=compte.is_superuser)
        return cls(lu.get("generation"), frozenset(lu.get("appareils", ())), exige)

    @property
    def est_actif(self) -> bool:
        return self.generation is not None

    def est_passe(self, request: HttpRequest) -> bool:
        """By this very key, in this session; by a device that nobody has taken back since."""
        generation, appareil = request.session.get(CLE) or (None, None)
        return self.est_actif and generation == self.generation and (appareil is None or appareil in self.appareils)


def est_exige(groupes: Iterable[str], *, est_superutilisateur: bool) -> bool:
    """Of whoever may do what one of these groups may. A superuser may all of it."""
    exigeants = set(settings.SECOND_FACTEUR_EXIGE)
    return bool(exigeants) and (est_superutilisateur or not exigeants.isdisjoint(groupes))


def ouvrir(request: HttpRequest, generation: str, appareil: int | None = None) -> None:
    """This session has passed it. Its number changes: who knew the former one does not follow."""
    request.session.cycle_key()
    request.session[CLE] = (generation, appareil)
