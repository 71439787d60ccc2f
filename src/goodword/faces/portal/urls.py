from django.urls import path

from goodword.faces.portal.views import changing, visit

app_name = "portal"
urlpatterns = [
    path("<str:token>/", visit.page, name="visit"),
    path("<str:token>/times/", changing.times, name="times"),
    path("<str:token>/choice/", changing.choice, name="choice"),
    path("<str:token>/cancellation/", changing.cancellation, name="cancellation"),
    path("<str:token>/satisfaction/", changing.satisfaction, name="satisfaction"),
    path("<str:token>", visit.without_slash),
]
