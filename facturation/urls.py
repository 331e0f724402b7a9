"""Addresses of « Relevé de compte »."""

from django.urls import path

from facturation import views

app_name = "facturation"

urlpatterns = [path("releve/", views.Releve.as_view(), name="releve")]
