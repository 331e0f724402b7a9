"""What an import is about to do, or has done: in numbers, then difference by difference; or every fault."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.crypto import salted_hmac

from facturation.models import Facture
from facturation.prix.residence import habite_la_commune
from famille.models import QuotientFamilial, Responsable
from francais import pluriel
from portail.importation.lecture.fautes import Faute
from portail.importation.plan import Compte, Ecart, Plan

NOMS = {
    "famille": ("famille", "familles", "e"),
    "enfant": ("enfant", "enfants", ""),
    "inscription": ("inscription", "inscriptions", "e"),
    "quotient": ("quotient familial", "quotients familiaux", ""),
}
RIEN = "Le portail sait déjà tout ce que dit ce fichier\u00a0: rien ne change."


@dataclass(frozen=True)
class Bilan:
    """`nombres`: one sentence a kind; `nouveaux`: (how many, who). `fait`: it is written; otherwise nothing is."""

    fautes: Sequence[Faute] = ()
    nombres: Sequence[str] = ()
    avertissements: Sequence[str] = ()
    ecarts: Sequence[Ecart] = ()
    nouveaux: Sequence[tuple[str, Sequence[str]]] = ()
    ne_change_rien: bool = False
    fait: bool = False
    empreinte: str = field(default="", repr=False)

    @property
    def est_possible(self) -> bool:
        return not self.fautes and not self.ne_change_rien


def refuse(fautes: Sequence[Faute]) -> Bilan:
    return Bilan(fautes=sorted(set(fautes)))


def bilan(plan: Plan, *, argent: Sequence[str], fait: bool) -> Bilan:
    if plan.ne_change_rien:
        return Bilan(nombres=[RIEN], ne_change_rien=True, fait=fait)
    nombres = [_dire(quoi, compte) for quoi in NOMS if (compte := plan.comptes.get(quoi))]
    dits = [f"{e.ligne} {e.qui} {e.quoi} {e.avant} {e.apres}" for e in plan.ecarts]
    noms = [nom for siens in plan.nouveaux.values() for nom in siens]
    empreinte = salted_hmac(
        "portail.importation", "\n".join([*nombres, *argent, *plan.avertissements, *dits, *noms])
    ).hexdigest()
    return Bilan(
        nombres=[*nombres, *argent],
        avertissements=plan.avertissements,
        ecarts=sorted(plan.ecarts, key=lambda ecart: ecart.ligne),
        nouveaux=[(_compter_les_nouveaux(quoi, len(noms)), noms) for quoi, noms in plan.nouveaux.items()],
        fait=fait,
        empreinte=empreinte,
    )


def _dire(quoi: str, compte: Compte) -> str:
    """« Familles : 12 nouvelles, 3 changées, 40 inchangées. »"""
    _, plusieurs, accord = NOMS[quoi]
    nouveau = ("nouvelle", "nouvelles") if accord else ("nouveau", "nouveaux")
    nombres = (
        (compte.nouveaux, nouveau),
        (compte.changes, (f"changé{accord}", f"changé{accord}s")),
        (compte.pareils, (f"inchangé{accord}", f"inchangé{accord}s")),
    )
    parts = [pluriel(combien, *mots) for combien, mots in nombres if combien]
    return f"{plusieurs.capitalize()}\u00a0: {', '.join(parts)}."


def _compter_les_nouveaux(quoi: str, combien: int) -> str:
    """« 2 familles nouvelles »."""
    un, plusieurs, accord = NOMS[quoi]
    seul, tous = ("nouvelle", "nouvelles") if accord else ("nouveau", "nouveaux")
    return pluriel(combien, f"{un} {seul}", f"{plusieurs} {tous}")


def l_argent(plan: Plan) -> list[str]:
    """What invoices become, before it is written: those that a new quotient or a new town reaches."""
    effets: dict[int, list] = {}
    quotients = [
        *plan.crees.get(QuotientFamilial, []),
        *(un for un in plan.changes if isinstance(un, QuotientFamilial)),
    ]
    for quotient in quotients:
        if isinstance(quotient, QuotientFamilial) and quotient.famille.pk:
            effets.setdefault(quotient.famille.pk, []).append(quotient.date_effet)
    deja = {
        facture["famille"]
        for facture in Facture.objects.filter(famille__in=effets).order_by().values("famille", "au")
        if facture["au"] >= min(effets[facture["famille"]])
    }
    phrases = []
    if deja:
        combien = pluriel(len(deja), "famille a", "familles ont")
        phrases.append(
            f"{combien} des jours déjà facturés depuis la date de ce quotient\u00a0: la prochaine "
            "campagne les régularise."
        )
    demenagent = _demenagent(plan)
    if demenagent:
        combien = pluriel(demenagent, "famille change", "familles changent")
        phrases.append(
            f"{combien} de tarif, en entrant dans la commune ou en la quittant\u00a0: leurs jours à "
            "facturer le suivent."
        )
    return phrases


def _demenagent(plan: Plan) -> int:
    titulaires = [
        un for un in plan.changes if isinstance(un, Responsable) and un.est_titulaire and "ville" in plan.changes[un]
    ]
    avant = dict(Responsable.objects.filter(pk__in=[un.pk for un in titulaires]).values_list("pk", "ville"))
    return sum(habite_la_commune(avant.get(un.pk, "")) != habite_la_commune(un.ville) for un in titulaires)
