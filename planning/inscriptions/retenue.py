"""A child who is enrolled does not leave the famille who pays: first its inscriptions end, or move with the child."""

import francais
from famille.models import Enfant, Famille
from famille.models.retenues import Retenue
from planning.models import Inscription


class InscritEncore(Retenue):
    def dire(self, famille: Famille, enfant: Enfant) -> str:
        inscriptions = Inscription.objects.de_ce_foyer(enfant, famille).a_venir().select_related("prestation")
        noms = list(dict.fromkeys(str(inscription.prestation) for inscription in inscriptions.order_by("prestation")))
        if not noms:
            return ""
        dites = francais.enumerer(f"«\u00a0{nom}\u00a0»" for nom in noms)
        return (
            f"{enfant.prenom} a encore une inscription payée par cette famille\u00a0: {dites}. Terminez d’abord ce qui "
            "est en cours (page «\u00a0Inscriptions\u00a0»), ou déplacez l’enfant vers une autre famille, depuis sa "
            "fiche."
        )
