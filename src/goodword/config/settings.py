"""Django's settings. Three profiles: production (the default), demo (http on localhost), test."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from goodword.config.home import read_home

HOME = read_home()
PACKAGE = Path(__file__).resolve().parent.parent
PROFILE: str = HOME.get("profile", "GOODWORD_PROFILE", "production")
RELAXED = PROFILE in {"demo", "test"}

SECRET_KEY: str = HOME.get("secret_key", "GOODWORD_SECRET_KEY", "")
if not SECRET_KEY and RELAXED:
    SECRET_KEY = "only for a demo or a test: no secret at all"
SECRET_KEY_FALLBACKS: list[str] = [
    k for k in HOME.get("old_secret_keys", "GOODWORD_OLD_SECRET_KEYS", "").split(",") if k
]
DEBUG = False
ALLOWED_HOSTS: list[str] = [h for h in HOME.get("hosts", "GOODWORD_HOSTS", "127.0.0.1,localhost").split(",") if h]
PUBLIC_URL: str = HOME.get(
    "public_url", "GOODWORD_PUBLIC_URL", f"http://127.0.0.1:{HOME.get('port', 'GOODWORD_PORT', 8700)}"
)
HTTPS = not RELAXED and PUBLIC_URL.startswith("https://")
"""Plain http is for one's own machine only; `doctor` says where it is not."""
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]


MOST_CONNECTIONS = 24
"""Of one process. Every duty of the worker keeps one, and every job it does at once takes one more."""


def database(url: str, *, pool: bool) -> dict[str, Any]:
    """Django's way to say what a ``postgresql://`` address says."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    options: dict[str, Any] = {
        "options": "-c statement_timeout=15s -c lock_timeout=3s -c idle_in_transaction_session_timeout=30s"
        if pool
        else "-c lock_timeout=30s",
        **query,
    }
    if pool:
        options["pool"] = {"min_size": 1, "max_size": MOST_CONNECTIONS, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or query.pop("host", ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": options,
    }


_URL: str = HOME.get("database_url", "DATABASE_URL", "postgresql://goodword_app@127.0.0.1:5432/goodword")
_OWNER_URL: str = HOME.get("owner_url", "DATABASE_OWNER_URL", _URL)
DATABASES = {"default": database(_URL, pool=PROFILE != "test"), "owner": database(_OWNER_URL, pool=False)}
DATABASE_ROUTERS = ["goodword.config.databases.OneDatabaseTwoRoles"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "django_vite",
    "allauth",
    "allauth.account",
    "axes",
    "ninja",
    "procrastinate.contrib.django",
    "goodword.kit",
    "goodword.territory",
    "goodword.crew",
    "goodword.customers",
    "goodword.next_steps",
    "goodword.messaging",
    "goodword.assets",
    "goodword.visits",
    "goodword.promises",
    "goodword.dispatch",
    "goodword.parts",
    "goodword.faces.office",
    "goodword.faces.portal",
    "goodword.faces.technician",
    "goodword.faces.tour",
    "goodword.faces.api",
    "goodword.faces.cli",
]
# Rooms that are not built yet are left out, so that a half-built house still stands.
INSTALLED_APPS = [
    a
    for a in INSTALLED_APPS
    if not a.startswith("goodword.") or (PACKAGE / a.removeprefix("goodword.").replace(".", "/") / "apps.py").exists()
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "goodword.config.errors.RefusalsAsAnswers",
    "goodword.parts.middleware.ProblemPages",
]
ROOT_URLCONF = "goodword.config.urls"
ASGI_APPLICATION = "goodword.config.asgi.application"
WSGI_APPLICATION = "goodword.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "parts" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "goodword.parts.shell.shell",
            ],
        },
    }
]

FORM_RENDERER = "goodword.parts.forms.Renderer"

AUTH_USER_MODEL = "crew.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "goodword.config.sign_in.Adapter"
ACCOUNT_SESSION_REMEMBER = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_IPWARE_PROXY_COUNT = int(HOME.get("proxies", "GOODWORD_PROXIES", 0))

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF],
    "worker-src": [CSP.SELF, "blob:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = False
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # a preload list binds the whole domain for years: not ours to decide
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if AXES_IPWARE_PROXY_COUNT else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "__Host-goodword_session" if HTTPS else "goodword_session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-goodword_csrf" if HTTPS else "goodword_csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "goodword.config.errors.csrf_failed"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kit_cache"}}

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English (UK)")), ("en", _("English"))]  # one that has a catalogue, or needs none
LOCALE_PATHS = [PACKAGE / "locale"]
STATIC_URL = "/static/"
STATIC_ROOT = HOME.path("static")
STATICFILES_DIRS: list[str] = []
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "manifest_path": PACKAGE / "parts" / "static" / "built" / "manifest.json",
        "static_url_prefix": "built",
    }
}
GOODWORD_RAIL = [
    ("office:today", _("Today")),
    ("office:intake", _("Requests")),
    ("office:steps", _("To do")),
    ("office:customers", _("Customers")),
    ("office:held", _("On hold")),
    ("office:settings", _("Settings")),
]
GOODWORD_SEARCH = "office:search"
FILES_FOLDER = HOME.path("files")
TERRITORY_FOLDER = HOME.path("territory")
SMTP_URL: str = HOME.get("smtp_url", "GOODWORD_SMTP_URL", HOME.path("mail").as_uri() if PROFILE == "demo" else "")
EMAIL_FROM: str = HOME.get("email_from", "GOODWORD_EMAIL_FROM", "office@example.invalid")
GOODWORD_WIRING = "goodword.config.wiring"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
PROCRASTINATE_IMPORT_PATHS = ["goodword.kit.jobs"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {"procrastinate": {"level": "WARNING"}, "axes": {"level": "WARNING"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
