"""The second page: what each column of the file is; the ones that are not known by their title first."""

from portail.guichet.importation.formulaires import ColonnesForm
from portail.guichet.importation.page import PageDImportation


class ColonnesDuFichier(PageDImportation):
    chemin, nom = "guichet/importation/<int:pk>/", "guichet_importation_colonnes"
    etape = 2
    template_name = "admin/guichet/importation/colonnes.html"

    def get_context_data(self, **kwargs: object) -> dict:
        fichier = self.fichier()
        contexte = super().get_context_data(**kwargs)
        return {"form": ColonnesForm(fichier)} | contexte | {"fichier": fichier, "lignes": len(fichier.table["lignes"])}  # type: ignore[arg-type]
