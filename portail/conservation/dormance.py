"""When a dossier no longer serves. In doubt it does: each thing that one may do here keeps it."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from demandes.models import Demande
from facturation.models import Avoir, Facture, Reglement
from famille.models import Certification, Famille, PieceFournie, QuotientFamilial, Responsable
from messagerie.models import Fil, Message
from planning.models import Inscription
from portail.conservation.durees import minuit

OPERATIONS = (Facture, Avoir, Reglement)


def familles_dormantes(avant: date) -> QuerySet[Famille]:
    """Those of whom nothing has happened since that day, and nothing is expected."""
    instant = minuit(avant)
    cette_famille = Q(famille=OuterRef("pk"))
    # A booking lies within its inscription: PostgreSQL sees to it.
    inscriptions = Inscription.objects.filter(Q(au=None) | Q(au__gte=avant) | Q(creee_le__gte=instant))
    signes = [
        inscriptions.filter(cette_famille),
        # « Tant que vos enfants utilisent les services »: with the other household too, of a garde alternée.
        inscriptions.filter(enfant__rattachements__famille=OuterRef("pk")),
        Demande.objects.filter(Q(decidee_le=None) | Q(decidee_le__gte=instant)).filter(cette_famille),
        _conversations().filter(cette_famille, Q(dernier_le__gte=instant) | Q(en_attente_depuis__isnull=False)),
        Certification.objects.filter(cette_famille, jour__gte=avant),
        PieceFournie.objects.filter(cette_famille, jour__gte=avant),
        Responsable.objects.filter(cette_famille, compte__last_login__gte=instant),
        QuotientFamilial.objects.filter(cette_famille, date_effet__gte=avant),
        *(operation.objects.filter(cette_famille, date__gte=avant) for operation in OPERATIONS),
    ]
    dormantes = Famille.objects.filter(creee_le__lt=instant)
    for signe in signes:
        dormantes = dormantes.filter(~Exists(signe.order_by()))
    return dormantes


def _conversations() -> QuerySet[Fil]:
    """Without the mailings that nobody answered: what the centre writes to everybody would keep everybody."""
    reponses = Message.objects.order_by().filter(fil=OuterRef("pk"), du_centre=False)
    return Fil.objects.filter(Q(destination=None) | Exists(reponses))


def avec_une_operation(depuis: date | None = None) -> Q:
    """Of familles: an invoice, an avoir or a payment, dated from that day on."""
    condition = Q()
    for operation in OPERATIONS:
        siennes = operation.objects.order_by().filter(famille=OuterRef("pk"))
        condition |= Q(Exists(siennes.filter(date__gte=depuis) if depuis else siennes))
    return condition
