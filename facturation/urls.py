"""Addresses of « Relevé de compte »."""

from django.urls import path

from facturation import views

app_name = "facturation"

urlpatterns = [
    path("releve/", views.Releve.as_view(), name="releve"),
    path("releve/csv/", views.ReleveCsv.as_view(), name="releve_csv"),
    path("releve/pdf/", views.RelevePdf.as_view(), name="releve_pdf"),
    path("reglements/<int:pk>/recu/", views.Recu.as_view(), name="recu"),
    path("factures/<int:pk>/pdf/", views.FacturePdf.as_view(), name="facture_pdf"),
]
