"""What the centre has to say to a parent today: unread threads, latest informations, latest documents.

One query for the three, for accueil, which has no more to spend.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import CharField, Count, DateTimeField, F, IntegerField, Max, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone

import francais
from famille.models import Compte, Famille
from messagerie.models import Document, Fil, Information, Message
from socle.requetes.preparee import Preparee, inconnue

RIEN = Value("", CharField())
# Midnight, UTC: the columns of a union have one type.
PARUTION = Cast("publiee_le", DateTimeField())
COMBIEN = 3
# Kind, key, title, when; how many messages, whether pinned, or size; MIME type.
Ligne = tuple[str, int, str, datetime, int, str]


@dataclass(frozen=True, slots=True)
class FilNonLu:
    """A thread with `nombre` messages that this parent has not read."""

    fil: Fil
    nombre: int
    jour: date

    @property
    def combien(self) -> str:
        return francais.pluriel(self.nombre, "nouveau message", "nouveaux messages")


@dataclass
class Nouvelles:
    """The latest ones of each kind, newest first; what is pinned before."""

    fils: list[FilNonLu] = field(default_factory=list)
    informations: list[Information] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)


def lire_nouvelles(famille: Famille, compte: Compte, *, au: date) -> Nouvelles:
    """The unread threads of that parent, and what is published on that day. Rows hold what a list shows, no more."""
    nouvelles = Nouvelles()
    lignes = NOUVELLES.lire(famille=famille.pk, compte=compte.pk, depuis=compte.cree_le, au=au)
    # A union has no order of its own.
    for genre, pk, titre, le, nombre, type_mime in sorted(lignes, key=_rang, reverse=True):
        if genre == "fil":
            nouvelles.fils.append(FilNonLu(Fil(pk=pk, sujet=titre), nombre, timezone.localdate(le)))
        elif genre == "information":
            nouvelles.informations.append(Information(pk=pk, titre=titre, publiee_le=le.date(), epinglee=bool(nombre)))
        else:
            nouvelles.documents.append(
                Document(pk=pk, titre=titre, publiee_le=le.date(), taille=nombre, type_mime=type_mime)
            )
    return nouvelles


def _rang(ligne: Ligne) -> tuple[bool, datetime, int]:
    genre, pk, _, le, nombre, _ = ligne
    epinglee = genre == "information" and nombre == 1
    return epinglee, le, pk


def _fils() -> QuerySet[Message, Ligne]:
    siens = Message.objects.filter(fil__famille=inconnue("famille"))
    non_lus = siens.non_lus(inconnue("compte"), inconnue("depuis")).order_by()
    par_fil = non_lus.values("fil_id", "fil__sujet").annotate(nombre=Count("pk"), dernier=Max("le"))
    return par_fil.order_by("-dernier").values_list(
        Value("fil"), F("fil_id"), F("fil__sujet"), F("dernier"), F("nombre"), RIEN
    )[:COMBIEN]


def _informations() -> QuerySet[Information, Ligne]:
    au = inconnue("au")
    # Through the key: a DISTINCT would bring its columns into the union.
    siennes = Information.objects.filter(pk__in=Information.objects.pour(inconnue("famille"), au).values("pk"))
    epinglee = Cast("epinglee", IntegerField())
    colonnes = (Value("information"), F("pk"), F("titre"), PARUTION, epinglee, RIEN)
    return siennes.en_cours(au).values_list(*colonnes)[:COMBIEN]


def _documents() -> QuerySet[Document, Ligne]:
    parus = Document.objects.en_cours(inconnue("au")).order_by("-publiee_le", "-pk")
    colonnes = (Value("document"), F("pk"), F("titre"), PARUTION, F("taille"), F("type_mime"))
    return parus.values_list(*colonnes)[:COMBIEN]


NOUVELLES: Preparee[Ligne] = Preparee(lambda: _fils().union(_informations(), _documents(), all=True))
