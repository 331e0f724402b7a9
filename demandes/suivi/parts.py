"""What became of each part of a request: of each day that was asked for."""

from dataclasses import dataclass

from demandes.genre.parts import Part
from demandes.genre.type_demande import TypeDemande
from demandes.models import Demande
from demandes.suivi.avancement import Avancement

ACCEPTE = Avancement("Accepté", "success", "check")
REFUSE = Avancement("Refusé", "error", "x-mark")
EXPIRE = Avancement("Expiré", "warning", "clock")


@dataclass(frozen=True)
class PartSuivie(Part):
    """A part with what was decided of it; None as long as nothing was, and of a request that was withdrawn."""

    avancement: Avancement | None = None


def parts_suivies(demande: Demande, contenu: TypeDemande) -> list[PartSuivie]:
    return [PartSuivie(**vars(part), avancement=_de_la_part(demande, part)) for part in contenu.parts_de(demande)]


def _de_la_part(demande: Demande, part: Part) -> Avancement | None:
    if part.expiree:
        return EXPIRE
    if demande.est_en_attente or demande.decision.est_un_retrait:
        return None
    decision = demande.decision
    if decision.est_une_expiration:
        return EXPIRE
    return ACCEPTE if decision.est_favorable and part.code not in decision.refusees else REFUSE
