"""The stand-in's addresses."""

from django.urls import path

from facturation.tipi.factice import views

app_name = "tipi_factice"

urlpatterns = [path("tipi-factice/paiement/", views.Page.as_view(), name="paiement")]
