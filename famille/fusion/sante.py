"""The health records of both: nothing is lost but what somebody chose not to keep. Unless told otherwise, all stays."""

from collections.abc import Iterator, Mapping

from django.contrib.admin.utils import label_for_field

from famille.fusion.ecarts import DEUX, FONDUE, GARDE, Ecart
from famille.models import Enfant, FicheSanitaire
from francais import coller, replier

MEDECIN = ("medecin_nom", "medecin_telephone", "medecin_adresse")
# Field → what stands between what two records say: some are typed on one line.
TEXTES = {
    "allergies": "\n",
    "pai": "\n",
    "traitement": "\n",
    "lunettes": "\u00a0; ",
    "appareils": "\u00a0; ",
    "observations": "\n",
}
LES_DEUX = "Garder les deux"
NOTER_L_AUTRE = "Garder le premier, et noter l’autre dans les observations"


class LaSante:
    """Read by those alone who may read it: see `FusionDEnfants.obstacles`."""

    def __init__(self, garde: Enfant, fondue: Enfant) -> None:
        self.garde = garde
        fiches = {fiche.enfant_id: fiche for fiche in FicheSanitaire.objects.filter(enfant__in=[garde, fondue])}
        self.ici, self.la = fiches.get(garde.pk), fiches.get(fondue.pk)

    @property
    def sont_deux(self) -> bool:
        return self.ici is not None and self.la is not None

    def ecarts(self) -> Iterator[Ecart]:
        if self.ici is None or self.la is None:
            return
        if any(_different(self.ici, self.la, champ) for champ in MEDECIN):
            dits = {GARDE: _medecin(self.ici), FONDUE: _medecin(self.la), DEUX: NOTER_L_AUTRE}
            yield Ecart("medecin", "médecin traitant", dits, DEUX, est_de_sante=True)
        for champ in TEXTES:
            if _different(self.ici, self.la, champ):
                libelle = str(label_for_field(champ, FicheSanitaire))
                dits = {GARDE: getattr(self.ici, champ), FONDUE: getattr(self.la, champ), DEUX: LES_DEUX}
                yield Ecart(champ, libelle, dits, DEUX, est_de_sante=True)

    def fondre(self, choix: Mapping[str, str]) -> None:
        if self.la is None:
            return
        if self.ici is None:
            FicheSanitaire.objects.filter(pk=self.la.pk).update(enfant=self.garde)
            return
        suivies = {ecart.code: ecart.choisie(choix) for ecart in self.ecarts()}
        for champ in TEXTES:
            self._reprendre(self.ici, self.la, champ, suivies.get(champ, GARDE))
        self._reprendre_le_medecin(self.ici, self.la, suivies.get("medecin"))
        self.ici.save()
        self._reunir_les_vaccinations(self.ici, self.la)
        self.la.delete()

    def _reprendre(self, ici: FicheSanitaire, la: FicheSanitaire, champ: str, option: str) -> None:
        sien, autre = getattr(ici, champ), getattr(la, champ)
        if option == FONDUE or not sien:
            setattr(ici, champ, autre)
        elif option == DEUX:
            setattr(ici, champ, f"{sien}{TEXTES[champ]}{autre}")

    def _reprendre_le_medecin(self, ici: FicheSanitaire, la: FicheSanitaire, option: str | None) -> None:
        """The number of one is not that of the other: what lacks is taken only if both are the same doctor."""
        if option == DEUX:
            note = f"Autre médecin\u00a0: {_medecin(la)}"
            ici.observations = f"{ici.observations}\n{note}" if ici.observations else note
        for champ in MEDECIN:
            if option == FONDUE or (option is None and not getattr(ici, champ)):
                setattr(ici, champ, getattr(la, champ))

    def _reunir_les_vaccinations(self, ici: FicheSanitaire, la: FicheSanitaire) -> None:
        connues = {(replier(une.vaccin), une.date) for une in ici.vaccinations.all()}
        for une in la.vaccinations.all():
            if (replier(une.vaccin), une.date) not in connues:
                une.fiche = ici
                une.save(update_fields=["fiche"])


def _different(ici: FicheSanitaire, la: FicheSanitaire, champ: str) -> bool:
    """Both say something, and not the same. A sign counts in a dose: only capitals and spaces do not."""
    plier = coller if champ in MEDECIN else _sans_casse
    sien, autre = plier(getattr(ici, champ)), plier(getattr(la, champ))
    return bool(sien and autre and sien != autre)


def _sans_casse(texte: str) -> str:
    return " ".join(texte.split()).casefold()


def _medecin(fiche: FicheSanitaire) -> str:
    return ", ".join(filter(None, (getattr(fiche, champ) for champ in MEDECIN)))
