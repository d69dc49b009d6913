"""All settings, values from the environment. Without any, everything runs on one machine from one folder, safely closed.

| variable | meaning | default |
| --- | --- | --- |
| DATA_DIR | database, secret key, gazetteer, static files | `data` beside manage.py |
| DATABASE_URL | PostgreSQL 15 or newer | an embedded server |
| DATABASE_POOL | connections to it that each web process keeps at most | 10 |
| REDIS_URL | broker and cache | an embedded server |
| SECRET_KEY | signs sessions | made once, kept in DATA_DIR |
| ALLOWED_HOSTS | host names, comma-separated | this machine only |
| CSRF_TRUSTED_ORIGINS | origins with scheme, comma-separated | none |
| HTTPS | "1" behind TLS: secure cookies, HSTS, redirects | "0" |
| DEBUG | "1" for development | "0" |
| TILE_URL | a raster tile URL for the map | none: the offline basemap |
| LLM_BASE_URL, LLM_MODEL, LLM_API_KEY | a language model as second extractor, at an OpenAI-compatible address | none: off |
| LLM_PRICE_IN, LLM_PRICE_OUT | its price for a million tokens, to count the cost of each article | 0 |
| FOLLOW_CLIENTS, FOLLOW_CLIENTS_EACH | clients that may wait for changes at once in a web process; of one client | 1000, 50 |
| FOLLOW_SECONDS | how long one stream of changes may last; clients connect again | 3600 |
| READERS_NEED_ACCOUNT | "1" closes the desk to readers without an account: pages lead to the sign-in, the API answers 401 | "0" |
| ARTICLE_TEXT | who sees whole articles: "accounts" with the right, or "open" for everybody (`up --demo`) | accounts |
| EXCERPT_LENGTH | characters of a quoted sentence at most | 1400 |
| API_RATE, API_RATE_KEY | API requests a minute: of an address without key, of a key or account; 0 for no limit | 1200, 3000 |
| CORS_ORIGINS | origins whose pages may call the API, comma-separated; * for all | none |
| TIME_ZONE | the desk's zone | UTC |
| LANGUAGE_CODE, LANGUAGES | the language of its pages; more that a browser may ask for, comma-separated | en; none |
| DESK_URL | the desk's own address: in the API, files, feeds, mails, webhooks | as asked; http://localhost:8000 |
| DUMP_HOUR, DUMPS_KEPT | hour (UTC) of the nightly dump of all incidents, and how many are kept | 2, 7 |
| LICENCE_NAME, LICENCE_URL, ATTRIBUTION | what every export says of its use | not stated; the gazetteer's credit |
| EMAIL_URL | the mail server: smtp://user:password@host:25, smtp+tls://…:587 (STARTTLS), smtps://…:465 | none: mail to the log |
| EMAIL_FROM | the sender of the desk's mail | desk@localhost |
| WEBHOOK_ALLOW_PRIVATE | "1" lets webhooks go to private and local networks | "0" |
| FETCH_ALLOW_PRIVATE | "1" lets the desk fetch from private and local networks | "0" |
| FETCH_PAUSE | seconds between two requests to one host, over all workers; 0 for none | 1 |
| FETCH_TIMEOUT | seconds a server may stay silent | 20 |
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO

from config import embedded

BASE_DIR = Path(__file__).resolve().parent.parent
SERVERS = embedded.paths()
DATA_DIR = SERVERS.data


def _listed(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def _secret_key() -> str:
    """Return SECRET_KEY, or one made once for this data folder and readable by its owner alone."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"secret_key.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)  # the first of two processes starting at once wins, whole
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


DEBUG = os.environ.get("DEBUG") == "1"
HTTPS = os.environ.get("HTTPS") == "1"
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = _listed("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = _listed("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "config",
    "incidents",
    "sources",
    "geo",
    # Autodiscovery would import django-leaflet's admin, which needs GDAL (its issues 299, 336): config/urls.py imports our own.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "leaflet",
    "corsheaders",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "config.gzip.QuickGZip",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "incidents.closed.ReadersNeedAccount",
    "incidents.sessions.RememberSessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "incidents.views.reading.Progress",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"

FORM_RENDERER = "incidents.inputs.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

_embedded_database = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": "desk",
    "USER": "desk",
    "HOST": str(SERVERS.run),
    "CONN_HEALTH_CHECKS": True,
}
# A connection lasts for one request: served asynchronously each request may run in a thread of its own, and one that persists
# would stay open in a thread that nobody uses again, until the server has none left. Web processes lend theirs (config/asgi.py).
DATABASE_POOL = int(os.environ.get("DATABASE_POOL", "10"))
DATABASES = {
    "default": dj_database_url.parse(os.environ["DATABASE_URL"]) if os.environ.get("DATABASE_URL") else _embedded_database
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = os.environ.get("REDIS_URL") or f"unix://{SERVERS.redis_socket}"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"pool_class": "config.redis_pool.SharedPool"},
    }
}

# Kombu names a Unix socket differently from redis-py.
_redis = urlsplit(REDIS_URL)
_broker_number = _redis.query.removeprefix("db=") or "0"
CELERY_BROKER_URL = f"redis+socket://{_redis.path}?virtual_host={_broker_number}" if _redis.scheme == "unix" else REDIS_URL
CELERY_TASK_IGNORE_RESULT = True  # rows carry the state
CELERY_TASK_ACKS_LATE = True  # a worker that dies gives its task back; every task may run twice
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "poll due sources": {"task": "incidents.tasks.poll_due_sources", "schedule": 60.0},
    "find work the broker lost": {"task": "incidents.tasks.sweep", "schedule": 30.0},
    "dump everything once a night": {"task": "incidents.tasks.dump_if_due", "schedule": 600.0},
    # What nobody took in time is not done twice: the next turn finds the same rows.
    "tell watched searches": {"task": "incidents.tasks.watch_searches", "schedule": 10.0, "options": {"expires": 10}},
    "mail digests": {"task": "incidents.tasks.mail_digests", "schedule": 15.0, "options": {"expires": 15}},
    "post to webhooks": {"task": "incidents.tasks.post_due_webhooks", "schedule": 5.0, "options": {"expires": 5}},
    "forget old alerts": {"task": "incidents.tasks.forget_old_alerts", "schedule": 21_600.0},
}

DESK_URL = os.environ.get("DESK_URL", "").rstrip("/")
LICENCE_NAME = os.environ.get("LICENCE_NAME", "")
LICENCE_URL = os.environ.get("LICENCE_URL", "")
ATTRIBUTION = os.environ.get("ATTRIBUTION", "Places: GeoNames, CC BY 4.0")
DUMP_HOUR = int(os.environ.get("DUMP_HOUR", "2"))
DUMPS_KEPT = int(os.environ.get("DUMPS_KEPT", "7"))

_mail = urlsplit(os.environ.get("EMAIL_URL", ""))
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _mail.hostname else 'console'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or {"smtps": 465, "smtp+tls": 587}.get(_mail.scheme, 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.scheme == "smtp+tls", _mail.scheme == "smtps"
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("EMAIL_FROM", "desk@localhost")

WEBHOOK_ALLOW_PRIVATE = os.environ.get("WEBHOOK_ALLOW_PRIVATE") == "1"
FETCH_ALLOW_PRIVATE = os.environ.get("FETCH_ALLOW_PRIVATE") == "1"
FETCH_PAUSE = int(os.environ.get("FETCH_PAUSE", "1"))
FETCH_TIMEOUT = float(os.environ.get("FETCH_TIMEOUT", "20"))

FOLLOW_CLIENTS = int(os.environ.get("FOLLOW_CLIENTS", "1000"))
FOLLOW_CLIENTS_EACH = int(os.environ.get("FOLLOW_CLIENTS_EACH", "50"))
FOLLOW_SECONDS = float(os.environ.get("FOLLOW_SECONDS", "3600"))

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
READERS_NEED_ACCOUNT = os.environ.get("READERS_NEED_ACCOUNT") == "1"
ARTICLE_TEXT = os.environ.get("ARTICLE_TEXT", "accounts")
EXCERPT_LENGTH = int(os.environ.get("EXCERPT_LENGTH", "1400"))
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "desk"

LANGUAGE_CODE = os.environ.get("LANGUAGE_CODE", "en")
LANGUAGES = [
    (code, LANG_INFO.get(code, {}).get("name_local", code)) for code in dict.fromkeys([LANGUAGE_CODE, *_listed("LANGUAGES")])
]
LOCALE_PATHS = [DATA_DIR / "locale", BASE_DIR / "locale"]  # an operator's own catalogues go before the desk's
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("TIME_ZONE", "UTC")

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

TILE_URL = os.environ.get("TILE_URL", "")
_tile_host = [f"{urlsplit(TILE_URL).scheme}://{urlsplit(TILE_URL).netloc}".replace("{s}", "*")] if TILE_URL else []
LEAFLET_CONFIG = {"TILES": [], "SPATIAL_EXTENT": (-180, -85, 180, 85)}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *_tile_host],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Whether other subdomains are served by TLS alone, and whether browsers preload that, is the operator's to say, not ours.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["incidents.api.renderer.FastJSON"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": [],  # never a password with each request; incidents/api/base.py has keys and sessions
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_PAGINATION_CLASS": "incidents.api.pagination.StableCursor",
    "URL_FORMAT_OVERRIDE": None,  # ?format=geojson is our own parameter
}
API_RATE = int(os.environ.get("API_RATE", "1200"))
API_RATE_KEY = int(os.environ.get("API_RATE_KEY", "3000"))

# Pages of other sites may call the API, never with the reader's cookies: they bring a key.
CORS_ALLOWED_ORIGINS = [origin for origin in _listed("CORS_ORIGINS") if origin != "*"]
CORS_ALLOW_ALL_ORIGINS = "*" in _listed("CORS_ORIGINS")
CORS_ALLOW_CREDENTIALS = False
CORS_URLS_REGEX = r"^/api/v1/"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
CORS_ALLOW_HEADERS = ["accept", "authorization", "content-type", "if-match", "if-none-match", "idempotency-key", "last-event-id"]
CORS_EXPOSE_HEADERS = [
    "content-disposition", "etag", "idempotency-replayed", "link", "location", "ratelimit", "ratelimit-policy", "retry-after",
    "x-change-number", "x-exported-at", "x-filter", "x-total-count",
]  # fmt: skip

SPECTACULAR_SETTINGS = {
    "TITLE": "Incident Desk API",
    "DESCRIPTION": "Security incidents read from news: every number with the sentence it was read from.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "incidents.api.schema.complete"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "incidents.references.Lines", "format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    # What they would say about an address or a page, a refusal says in one line.
    "loggers": {name: {"level": "CRITICAL"} for name in ("httpx", "httpcore", "trafilatura", "htmldate", "charset_normalizer")},
}
