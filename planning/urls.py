"""Addresses of the planning: none yet."""

from django.urls import path

app_name = "planning"

urlpatterns = []
