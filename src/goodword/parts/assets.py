"""Tags for what Vite built. Without a build a page still works, plain, and Django's check says what is missing."""

from django.utils.safestring import SafeString, mark_safe
from django_vite.core.asset_loader import DjangoViteAssetLoader  # type: ignore[import-untyped]
from django_vite.core.exceptions import (  # type: ignore[import-untyped]
    DjangoViteAssetNotFoundError,
    DjangoViteManifestError,
)

NOT_BUILT = "<!-- front end not built: npm ci && npm run build -->"


def asset_tags(entry: str) -> SafeString:
    """Stylesheet and script of ``entry`` ("parts/app/main.ts", "faces/office/app/main.ts")."""
    try:
        tags: str = DjangoViteAssetLoader.instance().generate_vite_asset(f"src/goodword/{entry}", "default")
    except (DjangoViteAssetNotFoundError, DjangoViteManifestError):
        return mark_safe(NOT_BUILT)
    return mark_safe(tags)
