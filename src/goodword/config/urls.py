"""Every address of Goodword, by face."""

from pathlib import Path

from django.urls import URLPattern, URLResolver, include, path

from goodword.parts.views import gallery

urlpatterns: list[URLPattern | URLResolver] = []
for prefix, face in (("api/v1/", "api"), ("v/", "portal"), ("t/", "technician"), ("tour/", "tour"), ("", "office")):
    if (Path(__file__).parent.parent / "faces" / face / "urls.py").exists():
        urlpatterns.append(path(prefix, include(f"goodword.faces.{face}.urls")))
urlpatterns.append(path("files/", include("goodword.parts.urls")))
urlpatterns.append(path("style/signature", gallery, name="signature"))
urlpatterns.append(path("", include("allauth.account.urls")))

handler400 = "goodword.config.errors.bad_request"
handler403 = "goodword.config.errors.forbidden"
handler404 = "goodword.config.errors.not_found"
handler500 = "goodword.config.errors.server_error"
