"""Addresses of « Relevé de compte », and of paying online."""

from django.urls import path

from facturation import views, views_paiement

app_name = "facturation"

urlpatterns = [
    path("releve/", views.Releve.as_view(), name="releve"),
    path("releve/csv/", views.ReleveCsv.as_view(), name="releve_csv"),
    path("releve/pdf/", views.RelevePdf.as_view(), name="releve_pdf"),
    path("reglements/<int:pk>/recu/", views.Recu.as_view(), name="recu"),
    path("factures/<int:pk>/pdf/", views.FacturePdf.as_view(), name="facture_pdf"),
    path("factures/<int:pk>/paiement/", views_paiement.Paiement.as_view(), name="paiement"),
    path("paiements/<str:refdet>/", views_paiement.Retour.as_view(), name="retour"),
    path("paiements/notification/<str:jeton>/", views_paiement.notification, name="notification"),
]
