from django.urls import path

from goodword.parts import attaching

app_name = "files"
urlpatterns = [
    path("on/<slug:kind>/<uuid:row_id>/", attaching.add, name="add"),
    path("<uuid:attachment_id>/showing/", attaching.showing, name="showing"),
    path("<uuid:attachment_id>/withdrawal/", attaching.withdrawal, name="withdrawal"),
    path("<uuid:attachment_id>/<slug:size>/", attaching.file, name="file"),
]
