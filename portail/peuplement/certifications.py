"""« Fiche à certifier » in the demo town: most familles have certified their record this year, a few have not."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from famille.models import Certification, Compte, DateDeCertification, Famille, Responsable
from portail.peuplement.guide import NUMERO_DUPONT, NUMERO_MARTIN
from socle.annee_scolaire import AnneeScolaire

DEPUIS, ENSUITE = timedelta(days=21), timedelta(days=1)
# One in so many has not certified; none in a town that is made to be measured, where everybody books.
UNE_SUR, VILLE_MESUREE = 6, 100
# One in so many has signed a paper.
PAPIER_SUR, PAPIER = 9, "Formulaire signé, rendu à l’accueil"


def peupler_certifications(au: date) -> None:
    """Unless a date is set already. Those of the guide have certified: they book as it shows."""
    if DateDeCertification.objects.exists():
        return
    direction = Compte.objects.get(identifiant="direction")
    agent = Compte.objects.get(identifiant="agent")
    le = max(AnneeScolaire.de(au).du, au - DEPUIS)
    DateDeCertification.objects.redemander(le, par=direction)
    titulaires = Responsable.objects.filter(role=Responsable.Role.TITULAIRE, compte__isnull=False)
    parents = {titulaire.famille_id: titulaire.compte for titulaire in titulaires.select_related("compte")}
    familles = list(Famille.objects.order_by("numero"))
    jour = min(le + ENSUITE, au)
    Certification.objects.bulk_create(
        _certification(famille, parents.get(famille.pk), agent, jour, sur_papier=rang % PAPIER_SUR == 1)
        for rang, famille in enumerate(familles)
        if len(familles) > VILLE_MESUREE or famille.numero in (NUMERO_DUPONT, NUMERO_MARTIN) or rang % UNE_SUR
    )


def _certification(
    famille: Famille, parent: Compte | None, agent: Compte, jour: date, *, sur_papier: bool
) -> Certification:
    faite = Certification(famille=famille, jour=jour, le=timezone.make_aware(datetime.combine(jour, time(18, 30))))
    if parent is None or sur_papier:
        faite.par, faite.sur_papier, faite.precision = agent, True, PAPIER
    else:
        faite.par, faite.empreinte = parent, salted_hmac("portail.peuplement", famille.numero).hexdigest()
    return faite
