"""What the file would change, in numbers and difference by difference, or every fault; then all of it, written."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from portail.guichet.importation.formulaires import ColonnesForm
from portail.guichet.importation.page import PageDImportation, montrer
from portail.importation.importation import ApercuPerime


class ApercuDImportation(PageDImportation):
    """Tried in the transaction of the request, then undone."""

    chemin, nom = "guichet/importation/<int:pk>/apercu/", "guichet_importation_apercu"
    etape = 3
    template_name = "admin/guichet/importation/apercu.html"
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        fichier = self.fichier()
        form = ColonnesForm(fichier, request.POST)
        if not form.is_valid():
            contexte = self.get_context_data(form=form, fichier=fichier, lignes=len(fichier.table["lignes"]))  # type: ignore[arg-type]
            self.template_name = "admin/guichet/importation/colonnes.html"
            return self.render_to_response(contexte)
        form.enregistrer(fichier)
        bilan = self.importation(fichier).essayer()
        return self.render_to_response(self.get_context_data(fichier=fichier, **montrer(bilan)))


class EcritureDImportation(PageDImportation):
    """What was read on the page before, and nothing else."""

    chemin, nom = "guichet/importation/<int:pk>/ecriture/", "guichet_importation_ecriture"
    etape = 3
    template_name = "admin/guichet/importation/apercu.html"
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        fichier = self.fichier()
        try:
            bilan = self.importation(fichier).faire(vu=request.POST.get("vu") or "rien")
        except ApercuPerime as refus:
            messages.error(request, str(refus))
            return self.render_to_response(self.get_context_data(fichier=fichier, **montrer(refus.bilan)))
        if not bilan.fait or bilan.fautes:
            return self.render_to_response(self.get_context_data(fichier=fichier, **montrer(bilan)))
        fichier.delete()
        messages.success(request, f"«\u00a0{fichier.nom}\u00a0» est importé. {' '.join(bilan.nombres)}")
        return redirect("admin:guichet_importation")
