"""Addresses of « Relevé de compte », and of paying online."""

from django.urls import path

from facturation.views import notification, paiement, papiers, releve

app_name = "facturation"

urlpatterns = [
    path("releve/", releve.Releve.as_view(), name="releve"),
    path("releve/csv/", releve.ReleveCsv.as_view(), name="releve_csv"),
    path("releve/pdf/", releve.RelevePdf.as_view(), name="releve_pdf"),
    path("reglements/<int:pk>/recu/", papiers.Recu.as_view(), name="recu"),
    path("factures/<int:pk>/pdf/", papiers.FacturePdf.as_view(), name="facture_pdf"),
    path("avoirs/<int:pk>/pdf/", papiers.AvoirPdf.as_view(), name="avoir_pdf"),
    path("factures/<int:pk>/paiement/", paiement.Paiement.as_view(), name="paiement"),
    path("paiements/<str:refdet>/", paiement.Retour.as_view(), name="retour"),
    path("paiements/<str:refdet>/reprendre/", paiement.Reprendre.as_view(), name="reprendre"),
    path("paiements/<str:refdet>/interrompre/", paiement.Interrompre.as_view(), name="interrompre"),
    path("paiements/notification/<str:jeton>/", notification.notification, name="notification"),
]
