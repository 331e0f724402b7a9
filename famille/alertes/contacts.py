"""Whom to call for a child, and who may come and fetch it: in the order in which one calls."""

from collections.abc import Iterable
from dataclasses import dataclass

from phonenumber_field.phonenumber import PhoneNumber

import francais
from famille.models import Enfant, Famille, Responsable, Tiers


@dataclass(frozen=True)
class Contact:
    """`qui`: « Jean DUPONT (père) ». `telephones`: as one dials it, as one reads it."""

    qui: str
    telephones: tuple[tuple[str, str], ...]


def a_prevenir(familles: Iterable[Famille]) -> list[Contact]:
    """The adults of its familles, the titulaires first. Free when their responsables are prefetched."""
    adultes = [adulte for famille in familles for adulte in famille.responsables.all()]
    return [_adulte(adulte) for adulte in sorted(adultes, key=lambda un: not un.est_titulaire)]


def autorises(enfant: Enfant) -> list[Contact]:
    """Who may fetch it, its parents apart. Free when `tiers` is prefetched."""
    siens = [tiers for tiers in enfant.tiers.all() if tiers.statut == Tiers.Statut.AUTORISE]
    return [Contact(_nommer(str(tiers), tiers.lien), _lisibles(tiers.telephone)) for tiers in siens]


def medecin(enfant: Enfant) -> Contact | None:
    """Whose number is in the health record, for who may read it. Free when `fiche_sanitaire` is prefetched."""
    fiche = getattr(enfant, "fiche_sanitaire", None)
    if fiche is None or not fiche.medecin_telephone:
        return None
    lu = francais.telephone(fiche.medecin_telephone)
    composer = "".join(signe for signe in fiche.medecin_telephone if signe.isdigit() or signe == "+")
    return Contact(fiche.medecin_nom or "Médecin", ((f"tel:{composer}", lu),))


def _adulte(adulte: Responsable) -> Contact:
    qui = _nommer(f"{adulte.prenom} {adulte.nom}", adulte.get_qualite_display().lower())
    return Contact(qui, _lisibles(adulte.mobile, adulte.telephone_domicile, adulte.telephone_professionnel))


def _nommer(nom: str, lien: str) -> str:
    return f"{nom} ({lien})" if lien else nom


def _lisibles(*numeros: PhoneNumber | str | None) -> tuple[tuple[str, str], ...]:
    return tuple((un.as_rfc3966, francais.telephone(un)) for un in numeros if isinstance(un, PhoneNumber))
