"""Writing to the familles of a launched mailing: lot by lot, each famille once, whatever dies on the way."""

from itertools import chain

from django.db import transaction
from django.utils import timezone

from courriels.depot import deposer
from famille.models import Famille
from messagerie.models import Destination, Envoi, Fil, Message
from messagerie.models.fil import avis_de_message

LOT = 200  # familles written to in one transaction


def expedier_un_lot(envoi: Envoi) -> int:
    """Write to some of the familles that were not yet; returns how many, 0 when none is left or free.

    A family is taken by one worker at a time; a worker that dies has written to none of its lot.
    """
    with transaction.atomic():
        lot = Destination.objects.a_servir().filter(envoi=envoi).select_for_update(skip_locked=True)
        destinations = list(lot.order_by("pk")[:LOT])
        if destinations:
            _ecrire(envoi, destinations)
    return len(destinations)


def _ecrire(envoi: Envoi, destinations: list[Destination]) -> None:
    maintenant = timezone.now()
    par_famille = Famille.objects.avec_responsables().in_bulk([d.famille_id for d in destinations])
    familles = [par_famille[d.famille_id] for d in destinations]
    fils = Fil.objects.bulk_create(
        [Fil(famille=famille, sujet=envoi.sujet, cree_le=maintenant, dernier_le=maintenant) for famille in familles]
    )
    signature = envoi.lance_par.get_full_name() if envoi.lance_par else ""
    messages = Message.objects.bulk_create(
        Message(fil=fil, auteur=envoi.lance_par, signature=signature, du_centre=True, texte=envoi.texte, le=maintenant)
        for fil in fils
    )
    for destination, fil in zip(destinations, fils, strict=True):
        destination.fil = fil
    Destination.objects.bulk_update(destinations, ["fil"])
    deposer(
        chain.from_iterable(
            fil.famille.courriels(avis_de_message(fil, message, "envoi"))
            for fil, message in zip(fils, messages, strict=True)
        )
    )
