from django.urls import path

app_name = "facturation"

urlpatterns = []
