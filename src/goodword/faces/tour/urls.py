from django.urls import path

from goodword.faces.tour import views

app_name = "tour"
urlpatterns = [
    path("", views.front, name="front"),
    path("in/<str:token>/", views.enter, name="enter"),
    path("customers/<uuid:visit_id>/", views.customer, name="customer"),
    path("letters/", views.letters, name="letters"),
    path("bad-hour/", views.bad_hour, name="bad_hour"),
]
