"""How each thing that is found is said: enough to tell it from another of the same name, and its page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from demandes.models import Demande
from facturation.models import Facture
from facturation.models.operation import Operation
from famille.models import Enfant, Famille, Responsable
from francais import date_courte, enumerer, euros, il_y_a, pluriel, telephone
from socle.adresses.formes import adresse_de


@dataclass(frozen=True)
class Lien:
    texte: str
    adresse: str


@dataclass(frozen=True)
class Ligne:
    """One result. `liens`: other pages that it leads to."""

    titre: str
    adresse: str
    precisions: Sequence[str] = ()
    liens: Sequence[Lien] = ()


@dataclass(frozen=True)
class Groupe:
    """Results of one kind. `plus`: there are others, which a longer search would tell apart."""

    titre: str
    lignes: Sequence[Ligne]
    plus: bool = False


def adresse_de_la_famille(famille: int) -> str:
    return adresse_de("admin:guichet_famille", famille)


def dire_famille(famille: Famille, le: date, *, avec_enfants: bool) -> Ligne:
    """« DUPONT Jean et Jeanne »: where they live, their children, how to reach them."""
    responsables = list(famille.responsables.all())
    enfants = famille.enfants.all() if avec_enfants else ()
    return Ligne(
        nommer_famille(famille),
        adresse_de_la_famille(famille.pk),
        [
            precision
            for precision in (
                f"n°\u00a0{famille.numero}",
                _adresse(responsables),
                enumerer(f"{enfant.prenom} ({age(enfant, le)})" for enfant in enfants),
                enumerer(_telephones(responsables)),
            )
            if precision
        ],
    )


def nommer_famille(famille: Famille) -> str:
    """« DUPONT Jean et Jeanne », « ROUX Anna et DUPUIS Paul »."""
    noms: dict[str, list[str]] = {}
    for responsable in famille.responsables.all():
        noms.setdefault(responsable.nom, []).append(responsable.prenom)
    return enumerer(f"{nom} {enumerer(prenoms)}" for nom, prenoms in noms.items()) or "Sans responsable"


def dire_enfant(enfant: Enfant, familles: Iterable[Famille], le: date) -> Ligne:
    scolarite = [enfant.ecole.nom if enfant.ecole else "", enfant.get_classe_display()]
    accord = {Enfant.Sexe.FILLE.value: "née", Enfant.Sexe.GARCON.value: "né"}.get(enfant.sexe, "né(e)")
    naissance = f"{accord} le {date_courte(enfant.date_naissance)} ({age(enfant, le)})"
    return Ligne(
        f"{enfant.nom} {enfant.prenom}",
        adresse_de("admin:famille_enfant_change", enfant.pk),
        [naissance, *filter(None, scolarite)],
        [
            Lien(f"Famille {nommer_famille(famille)} (n°\u00a0{famille.numero})", adresse_de_la_famille(famille.pk))
            for famille in familles
        ],
    )


def dire_operation(operation: Operation, famille: Famille | None) -> Ligne:
    """What is left of an invoice is told where it was read."""
    reste = getattr(operation, "reste", None) if isinstance(operation, Facture) else None
    return Ligne(
        f"{str(operation._meta.verbose_name).capitalize()} {operation.reference}",
        adresse_de(f"admin:facturation_{operation._meta.model_name}_change", operation.pk),
        [
            *([nommer_famille(famille)] if famille else []),
            date_courte(operation.date),
            euros(operation.montant),
            *([f"reste {euros(reste)}"] if reste else []),
        ],
    )


def dire_demande(demande: Demande, famille: Famille | None) -> Ligne:
    qui = nommer_famille(famille) if famille else ""
    ou_en_est = f"déposée {il_y_a(timezone.now() - demande.deposee_le)}" if demande.est_en_attente else "décidée"
    return Ligne(
        f"N°\u00a0{demande.numero}, {demande.nom_court}",
        adresse_de("admin:demandes_demande_change", demande.pk),
        [*filter(None, [qui, demande.enfant.prenom if demande.enfant else ""]), ou_en_est],
    )


def age(enfant: Enfant, le: date) -> str:
    return pluriel(enfant.age_au(le), "an")


def _adresse(responsables: Iterable[Responsable]) -> str:
    """That of the first who has one."""
    return next((", ".join(filter(None, [r.adresse, r.ville])) for r in responsables if r.adresse or r.ville), "")


def _telephones(responsables: Iterable[Responsable]) -> list[str]:
    numeros = [n for r in responsables for n in (r.mobile, r.telephone_domicile, r.telephone_professionnel) if n]
    return list(dict.fromkeys(map(telephone, numeros)))
