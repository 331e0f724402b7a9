"""« Les avis »: which informations leave by e-mail, and to whom. What is owed always leaves, and the page says so."""

from django import forms
from django.db.models import Count, Q

from courriels.avis import INFORMATIONS, REGLES, Destinataires
from courriels.textes.origine import TEXTES
from famille.models import Responsable
from portail.guichet.reglages.page import PageDUnReglage
from portail.guichet.reglages.versions import ReglageForm
from socle.reglages.moment import Valeurs

TITRES = {
    "message": ("Nouveau message du centre", "Une réponse à une famille, ou un premier message à elle seule."),
    "envoi": ("Message à plusieurs familles", "Un envoi à toutes, à une structure, à une liste…"),
}
CHOIX = [
    (Destinataires.TOUS.value, "aux deux adultes"),
    (Destinataires.UN_SEUL.value, "à un seul\u00a0: le titulaire, sinon l’autre adulte"),
    (Destinataires.PERSONNE.value, "à personne\u00a0: il se lit sur le portail"),
]
# What may be declined is a message; whatever else there is, is owed.
DUS = [texte for texte in TEXTES.values() if not texte.est_une_lettre and texte.cle != "message_nouveau"]


class AvisForm(ReglageForm):
    """For each information, to whom."""

    def __init__(self, valeurs: Valeurs, *reste: object) -> None:
        super().__init__(valeurs, *reste)  # type: ignore[arg-type]  # the data, if there are
        for sorte in INFORMATIONS:
            titre, aide = TITRES[sorte]
            self.fields[sorte] = forms.ChoiceField(label=titre, choices=CHOIX, help_text=aide)

    def montrer(self, valeurs: Valeurs) -> dict[str, object]:
        return {sorte: str(valeurs.get(sorte, defaut)) for sorte, defaut in INFORMATIONS.items()}

    def garder(self) -> dict[str, object]:
        return dict(self.cleaned_data)


class LesAvis(PageDUnReglage):
    chemin, nom = "guichet/reglages/avis/", "guichet_reglages_avis"
    onglet, titre = nom, "Les avis"
    form, cle = AvisForm, REGLES
    template_name = "admin/guichet/reglages/avis.html"

    def get_context_data(self, **kwargs: object) -> dict:
        avec = ~Q(email="")
        combien = Responsable.objects.aggregate(
            joignables=Count("pk", filter=avec), acceptent=Count("pk", filter=avec & Q(autorisation_courriel=True))
        )
        return super().get_context_data(combien=combien, dus=DUS, **kwargs)
