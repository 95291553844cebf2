"""The shop's URLs."""

from django.urls import path

from shop import views

urlpatterns = [
    path("", views.home),
    path("slow/", views.slow),
    path("database/", views.database),
    path("cache/", views.cache_counter),
    path("session/", views.session_counter),
    path("client/", views.client),
    path("error/", views.error),
    path("upload/", views.upload),
    path("files/", views.files),
    path("tasks/", views.start_task),
    path("tasks/<uuid:task_id>/", views.task),
    path("reports/", views.reports),
]
