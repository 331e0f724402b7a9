"""Who may use a verb of the planning: the famille of the inscription, or the agents."""

from famille.models import Compte
from planning.erreurs import AutreFamille, ReserveAuCentre


def exiger_agent(par: Compte) -> None:
    if not par.is_staff:
        raise ReserveAuCentre("Seul le centre peut faire cela.")


def exiger_famille(par: Compte, famille_id: int) -> None:
    """An agent, or a responsable of that famille."""
    responsable = getattr(par, "responsable", None)
    if not par.is_staff and (responsable is None or responsable.famille_id != famille_id):
        raise AutreFamille("Ce planning n’est pas celui de votre famille.")
