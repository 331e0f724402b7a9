"""What must not be forgotten of a child: health, who must not fetch it, what it eats."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import prefetch_related_objects

import francais
from famille.alertes.contacts import medecin
from famille.models import Compte, Enfant, LectureConfidentielle, Tiers

SANTE = "famille.view_fichesanitaire"
TIERS = "famille.view_tiers"


class Niveau(StrEnum):
    """How much harm comes of forgetting it."""

    DANGER = "danger"
    ATTENTION = "attention"


@dataclass(frozen=True)
class Alerte:
    """« Allergies : arachide »."""

    titre: str
    texte: str = ""
    niveau: Niveau = Niveau.ATTENTION

    @property
    def est_un_danger(self) -> bool:
        return self.niveau == Niveau.DANGER

    @property
    def suite(self) -> str:
        """What follows the title: « sans viande », « panier repas (PAI) ». Of a danger, as it was written."""
        return self.texte if self.est_un_danger else self.texte[:1].lower() + self.texte[1:]


def lire_les_alertes(enfants: Sequence[Enfant], *, pour: Compte, a_l_appel: bool = False) -> dict[int, list[Alerte]]:
    """By child, the gravest first. What this agent may not read is neither read nor told; health is noted as read.

    Free of what was read with the children: « fiche_sanitaire », « tiers ».
    `a_l_appel`: their doctor is told too; and a roll is opened ten times, its reading is noted once a day.
    """
    voit_la_sante, voit_les_tiers = pour.has_perm(SANTE), pour.has_perm(TIERS)
    lues = {"fiche_sanitaire": voit_la_sante, "tiers": voit_les_tiers}
    prefetch_related_objects(enfants, *(nom for nom, voit in lues.items() if voit))
    sante = {enfant.pk: list(_sante(enfant)) for enfant in enfants} if voit_la_sante else {}
    journal = LectureConfidentielle.objects
    if a_l_appel and voit_la_sante:
        dits = [enfant for enfant in enfants if sante[enfant.pk] or medecin(enfant)]
        journal.noter_les_fiches_du_jour(dits, par=pour)
    else:
        journal.noter_les_fiches([enfant for enfant in enfants if sante.get(enfant.pk)], par=pour)
    return {
        enfant.pk: [
            *sante.get(enfant.pk, []),
            *(_interdits(enfant) if voit_les_tiers else []),
            *_a_savoir(enfant),
        ]
        for enfant in enfants
    }


def _sante(enfant: Enfant) -> Iterator[Alerte]:
    fiche = getattr(enfant, "fiche_sanitaire", None)
    if fiche is None:
        return
    for titre, texte in (("Allergies", fiche.allergies), ("PAI", fiche.pai), ("Traitement", fiche.traitement)):
        if texte:
            yield Alerte(titre, _sans_redite(titre, texte), Niveau.DANGER)


def _sans_redite(titre: str, texte: str) -> str:
    """« PAI du 15 septembre », of a PAI, is « du 15 septembre »."""
    debut, reste = texte[: len(titre)], texte[len(titre) :]
    redit = debut.casefold() == titre.casefold() and not reste[:1].isalnum()
    return reste.strip().removeprefix(":").strip() if redit else texte


def _interdits(enfant: Enfant) -> Iterator[Alerte]:
    for tiers in enfant.tiers.all():
        if tiers.statut == Tiers.Statut.INTERDIT:
            lien = f" ({tiers.lien})" if tiers.lien else ""
            yield Alerte("Ne peut être remis à", f"{tiers}{lien}", Niveau.DANGER)


def _a_savoir(enfant: Enfant) -> Iterator[Alerte]:
    if enfant.regime != Enfant.Regime.STANDARD:
        yield Alerte("Régime", enfant.get_regime_display())
    # The rule is that somebody comes for it: what is rare is said.
    if enfant.autorise_sortie_seul:
        yield Alerte("Peut partir seul")


def alertes_d_assurance(enfant: Enfant, le: date) -> Iterator[Alerte]:
    """For the front desk: nothing of it matters to who looks after the child."""
    assurance = getattr(enfant, "assurance", None)
    if assurance is None:
        yield Alerte("Aucune assurance au dossier")
    elif assurance.est_expiree_au(le):
        yield Alerte("Assurance", f"expirée le {francais.date_courte(assurance.expire_le)}")
