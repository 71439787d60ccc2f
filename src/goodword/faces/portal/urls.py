from django.urls import path

from goodword.faces.portal.views import changing, photos, visit

app_name = "portal"
urlpatterns = [
    path("<str:key>/", visit.page, name="visit"),
    path("<str:key>/times/", changing.times, name="times"),
    path("<str:key>/choice/", changing.choice, name="choice"),
    path("<str:key>/cancellation/", changing.cancellation, name="cancellation"),
    path("<str:key>/undoing/", changing.undoing, name="undoing"),
    path("<str:key>/satisfaction/", changing.satisfaction, name="satisfaction"),
    path("<str:key>/picture/", photos.portrait, name="portrait"),
    path("<str:key>/photos/<uuid:attachment_id>/<slug:size>/", photos.photo, name="photo"),
    path("<str:key>", visit.without_slash),
]
