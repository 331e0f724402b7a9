"""Which familles must certify their record: those whose children may come to something, and that have not yet."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from famille.models import Certification, DateDeCertification, Famille
from famille.models.certification.date_fixee import a_certifier_depuis
from planning.models import Inscription


def concernees(jour: date) -> QuerySet[Famille]:
    """Those that have something to book: a child who is inscrit, or will be."""
    siennes = Inscription.objects.order_by().a_venir(jour).ouvertes(jour).filter(famille=OuterRef("pk"))
    return Famille.objects.filter(Exists(siennes))


def a_certifier(jour: date) -> QuerySet[Famille]:
    """Those of them that cannot book before they certify, on that day."""
    return concernees(jour).annotate(depuis=a_certifier_depuis("pk", jour)).filter(depuis__isnull=False)


@dataclass(frozen=True)
class Compte:
    """Of all those concerned, how many are certified. `demandee`: the date that counts; None: nothing is asked."""

    demandee: DateDeCertification | None
    total: int = 0
    restent: int = 0

    @property
    def faites(self) -> int:
        return self.total - self.restent


def compter(jour: date) -> Compte:
    demandee = DateDeCertification.objects.passees(jour).select_related("par").first()
    if demandee is None:
        return Compte(None)
    lues = concernees(jour).annotate(depuis=a_certifier_depuis("pk", jour))
    return Compte(demandee, **lues.aggregate(total=Count("pk"), restent=Count("pk", filter=Q(depuis__isnull=False))))


@dataclass(frozen=True)
class Etat:
    """Of one famille. `depuis`: it must certify since then; `derniere`: what it, or the centre, certified last."""

    depuis: date | None
    derniere: Certification | None

    @property
    def est_demandee(self) -> bool:
        return self.depuis is not None

    @property
    def par(self) -> str:
        """« Jean DUPONT », « Alice BONNET, au guichet »."""
        if self.derniere is None:
            return ""
        compte = self.derniere.par
        qui = getattr(getattr(compte, "responsable", None), "nom_complet", "") or str(compte or "un compte effacé")
        return f"{qui}, au guichet" if self.derniere.sur_papier else qui


def etat_de(famille: Famille, depuis: date | None) -> Etat:
    """`depuis`: as the famille was read with it. One query."""
    return Etat(depuis, famille.certifications.select_related("par__responsable").first())
