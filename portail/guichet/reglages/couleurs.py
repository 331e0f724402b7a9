"""« Les couleurs »: one colour, seen in light and in dark before it is kept; too pale, the nearest that is readable."""

from django import forms

from portail.guichet.reglages.page import PageDUnReglage
from portail.guichet.reglages.versions import ReglageForm
from socle.reglages.centre import COULEURS
from socle.reglages.couleurs import BLANC, HEXADECIMALE, ORIGINE, contraste, est_lisible, jetons, la_plus_proche
from socle.reglages.moment import Valeurs


class CouleurForm(ReglageForm):
    """« #0d5c63 », as a browser's own palette sends it."""

    principale = forms.CharField(
        label="Couleur principale",
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text="Le bandeau, les boutons et les liens. Le clair et le sombre en sont tirés.",
    )

    def montrer(self, valeurs: Valeurs) -> dict[str, object]:
        return {"principale": f"#{valeurs.get('principale') or ORIGINE}"}

    def clean_principale(self) -> str:
        couleur = str(self.cleaned_data["principale"]).strip().lower().removeprefix("#")
        if not HEXADECIMALE.fullmatch(couleur):
            raise forms.ValidationError("Une couleur s’écrit avec six chiffres ou lettres de a à f, comme #0d5c63.")
        if not est_lisible(couleur):
            proche = la_plus_proche(couleur)
            dit = f"{contraste(couleur, BLANC):.1f}".replace(".", ",")
            raise forms.ValidationError(
                f"#{couleur} est trop pâle\u00a0: un texte blanc s’y lit mal ({dit}\u00a0pour\u00a01, il en faut 4,5 "
                f"sur chaque fond). La plus proche qui se lise est #{proche}."
            )
        return couleur

    @property
    def proche(self) -> str:
        """The one that is proposed in its place, with its #; empty if none is needed."""
        couleur = str(self["principale"].value() or "").strip().lower().removeprefix("#")
        refusee = HEXADECIMALE.fullmatch(couleur) and not est_lisible(couleur)
        return f"#{la_plus_proche(couleur)}" if refusee else ""

    def garder(self) -> dict[str, object]:
        """Nothing, if it is the portal's own."""
        couleur = self.cleaned_data["principale"]
        return {} if couleur == ORIGINE else {"principale": couleur}


class LesCouleurs(PageDUnReglage):
    """Refused, the colour is shown all the same, and the nearest one that is readable beside it."""

    chemin, nom = "guichet/reglages/couleurs/", "guichet_reglages_couleurs"
    onglet, titre = nom, "Les couleurs"
    form, cle = CouleurForm, COULEURS
    template_name = "admin/guichet/reglages/couleurs.html"
    enregistre = "C’est enregistré\u00a0: toutes les pages, et les e-mails, ont cette couleur."

    def get_context_data(self, **kwargs: object) -> dict:
        form = kwargs["form"]
        assert isinstance(form, CouleurForm)
        montree = (form.proche or str(form["principale"].value())).lower().removeprefix("#")
        clair, sombre = jetons(montree if HEXADECIMALE.fullmatch(montree) else ORIGINE)
        clair |= {"papier": "f3f6f1", "encre": "1b2b2b", "surprincipal": BLANC}
        sombre |= {"papier": "10191a", "encre": "e9f0ed", "surprincipal": sombre["sur-principal"]}
        return super().get_context_data(apercu=[("Clair", clair), ("Sombre", sombre)], **kwargs)
