"""« La conservation »: how long what the portal holds is kept, within the law; a shorter time is counted first."""

from collections.abc import Iterator

from django import forms
from django.urls import reverse
from django.utils import timezone

from francais import pluriel
from portail.conservation import rubriques
from portail.conservation.durees import CONSERVATION, OPERATIONS, REGLABLES, SANTE, Duree, origine
from portail.guichet.reglages.page import PageDUnReglage
from portail.guichet.reglages.versions import ReglageForm
from socle.admin.confirmation import Confirmation
from socle.reglages.moment import Valeurs, une_lecture


class ConservationForm(ReglageForm):
    """A choice for each, between its bounds."""

    def __init__(self, valeurs: Valeurs, *reste: object) -> None:
        super().__init__(valeurs, *reste)  # type: ignore[arg-type]  # the data, if there are
        for une in REGLABLES:
            annees = range(une.au_moins, une.au_plus + 1)
            champ = forms.TypedChoiceField(
                label=f"{une.titre}, {une.depuis}",
                choices=[(nombre, str(Duree(nombre))) for nombre in annees],
                coerce=int,
                help_text=une.loi,
            )
            self.fields[une.code] = champ

    def montrer(self, valeurs: Valeurs) -> dict[str, object]:
        return {une.code: valeurs.get(une.code, origine(une.code).annees) for une in REGLABLES}

    def garder(self) -> dict[str, object]:
        return dict(self.cleaned_data)


class LaConservation(PageDUnReglage):
    """A longer time erases nothing; a shorter one says first what would go."""

    chemin, nom = "guichet/reglages/conservation/", "guichet_reglages_conservation"
    onglet, titre = nom, "La conservation"
    form, cle = ConservationForm, CONSERVATION
    template_name = "admin/guichet/reglages/conservation.html"
    enregistre = (
        "Enregistré. Le prochain passage de la nuit l’applique, et «\u00a0Données personnelles\u00a0» le dit déjà."
    )

    def get_context_data(self, **kwargs: object) -> dict:
        return super().get_context_data(sante=SANTE, operations=OPERATIONS, **kwargs)

    def question(self, form: ReglageForm, valeurs: Valeurs) -> Confirmation | None:
        avant, apres = form.montrer(valeurs), form.garder()
        raccourcies = {code for code, annees in apres.items() if int(str(annees)) < int(str(avant[code]))}
        phrases = list(_ce_qui_partirait(raccourcies, apres))
        if not phrases:
            return None
        return Confirmation(
            titre="Raccourcir ces durées\u00a0?",
            bouton="Enregistrer",
            phrases=[*phrases, "Ce qui est effacé ne revient pas, sinon d’une sauvegarde."],
            chemin=[(reverse(f"admin:{self.nom}"), "La conservation")],
            envoi=self.request.POST,
        )


def _ce_qui_partirait(codes: set[str], valeurs: dict[str, object]) -> Iterator[str]:
    """Counted with the new times, as the night's command would."""
    with une_lecture(toutes={CONSERVATION: valeurs}):
        for rubrique in rubriques(timezone.localdate()):
            if codes & {rubrique.reglage, rubrique.suit}:
                combien = pluriel(rubrique.a_purger().count(), "ligne s’effacerait", "lignes s’effaceraient")
                yield f"{rubrique.titre}, {rubrique.regle}\u00a0: {combien} au prochain passage."
