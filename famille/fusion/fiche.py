"""What the record itself says: identity, school, meals, what the parents authorise; and the insurance."""

from collections.abc import Iterator, Mapping

from django.contrib.admin.utils import label_for_field

from famille.fusion.ecarts import FONDUE, GARDE, Ecart
from famille.models import Assurance, Enfant
from francais import date_courte

COMPLETES = ("sexe", "ecole_id", "classe")
AUTORISATIONS = ("autorise_image", "autorise_sortie_seul", "autorise_transport", "autorise_hospitalisation")
COMPARES = ("nom", "prenom", "sexe", "date_naissance", "ecole", "classe", "regime", *AUTORISATIONS)
# What one diet forbids, those before it forbid too, or nearly: the first one serves nothing that another refuses.
DU_PLUS_PRUDENT = (
    Enfant.Regime.PANIER_REPAS,
    Enfant.Regime.VEGETARIEN,
    Enfant.Regime.SANS_VIANDE,
    Enfant.Regime.SANS_PORC,
    Enfant.Regime.STANDARD,
)


class LaFiche:
    """A refusal is a refusal, and the diet is the stricter one, unless somebody chooses otherwise."""

    def __init__(self, garde: Enfant, fondue: Enfant) -> None:
        self.garde, self.fondue = garde, fondue

    def ecarts(self) -> Iterator[Ecart]:
        for champ in COMPARES:
            ici, la = _dit(self.garde, champ), _dit(self.fondue, champ)
            if ici and la and ici != la:
                libelle = str(label_for_field(champ, Enfant))
                yield Ecart(champ, libelle, {GARDE: ici, FONDUE: la}, self._defaut(champ))

    def fondre(self, choix: Mapping[str, str]) -> None:
        suivis = {ecart.code for ecart in self.ecarts() if ecart.choisie(choix) == FONDUE}
        self._reprendre_la_reference()
        for champ in COMPLETES:
            if not getattr(self.garde, champ):
                setattr(self.garde, champ, getattr(self.fondue, champ))
        for champ in suivis:
            setattr(self.garde, champ, getattr(self.fondue, champ))
        self.garde.save()
        # It is kept for the papers that name it, which say nothing of health.
        Enfant.objects.filter(pk=self.fondue.pk).update(regime=Enfant.Regime.STANDARD)

    def _reprendre_la_reference(self) -> None:
        """One child, one key: the other record gives its own up, so that an import finds the one that is kept."""
        Enfant.objects.filter(pk=self.fondue.pk).update(reference="")
        self.garde.reference = self.garde.reference or self.fondue.reference

    def _defaut(self, champ: str) -> str:
        if champ in AUTORISATIONS:
            return FONDUE if getattr(self.garde, champ) else GARDE
        if champ == "regime":
            rangs = [DU_PLUS_PRUDENT.index(Enfant.Regime(enfant.regime)) for enfant in (self.garde, self.fondue)]
            return FONDUE if rangs[1] < rangs[0] else GARDE
        return GARDE


class LAssurance:
    """The one that ends last, unless somebody chooses otherwise."""

    def __init__(self, garde: Enfant, fondue: Enfant) -> None:
        self.garde = garde
        siennes = {assurance.enfant_id: assurance for assurance in Assurance.objects.filter(enfant__in=[garde, fondue])}
        self.ici, self.la = siennes.get(garde.pk), siennes.get(fondue.pk)

    def ecarts(self) -> Iterator[Ecart]:
        if self.ici and self.la and _police(self.ici) != _police(self.la):
            defaut = FONDUE if self.la.expire_le > self.ici.expire_le else GARDE
            yield Ecart("assurance", "assurance", {GARDE: _police(self.ici), FONDUE: _police(self.la)}, defaut)

    def fondre(self, choix: Mapping[str, str]) -> None:
        if self.la is None:
            return
        suit_l_autre = any(ecart.choisie(choix) == FONDUE for ecart in self.ecarts())
        if self.ici and not suit_l_autre:
            self.la.delete()
            return
        if self.ici:
            self.ici.delete()
        Assurance.objects.filter(pk=self.la.pk).update(enfant=self.garde)


def _dit(enfant: Enfant, champ: str) -> str:
    """As a page says it."""
    valeur = getattr(enfant, champ)
    if champ in AUTORISATIONS:
        return "autorisé" if valeur else "non autorisé"
    if champ == "date_naissance":
        return date_courte(valeur)
    if champ in ("sexe", "classe", "regime"):
        return str(getattr(enfant, f"get_{champ}_display")())
    return str(valeur or "")


def _police(assurance: Assurance) -> str:
    return f"{assurance}, jusqu’au {date_courte(assurance.expire_le)}"
