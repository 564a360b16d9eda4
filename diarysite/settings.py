"""Every setting of the site, read from the environment once; `.env.example` explains each variable."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from redis.backoff import NoBackoff
from redis.retry import Retry

from diarysite import env
from illustration.engine.families import family_of

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")

DEBUG = env.flag("DEBUG", False)
SECRET_KEY = env.text("SECRET_KEY")
if not SECRET_KEY and (secret_file := VAR_DIR / "secret-key").is_file():
    SECRET_KEY = secret_file.read_text().strip()
if not SECRET_KEY and DEBUG:
    SECRET_KEY = "only-for-debugging-on-this-machine-" + "x" * 32
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is not set and var/secret-key is missing: `make run` makes one")

ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("TRUSTED_ORIGINS")
SITE_URL = env.site_url("SITE_URL", "http://localhost:8000")
USE_HTTPS = env.flag("USE_HTTPS", False)
NUM_PROXIES = env.whole("NUM_PROXIES", 0, low=0, high=10)

INSTALLED_APPS = [
    "diaries",
    "illustration",
    "unfold.apps.BasicAppConfig",
    "diarysite.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "diarysite.compression.CompressPages",
    "diaries.api.middleware.ProblemMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "diaries.middleware.PreferencesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "diarysite.urls"
WSGI_APPLICATION = "diarysite.wsgi.application"
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
                "django.template.context_processors.i18n",
            ]
        },
    }
]

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{quote(str(VAR_DIR))}/diary.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# A cache that is down costs a writer nothing: reads miss, writes are dropped, nobody waits long.
REDIS_URL = env.redis("REDIS_URL", f"unix://{quote(str(VAR_DIR))}/broker.sock")
CACHES = {
    "default": {
        "BACKEND": "diarysite.cache.HarmlessRedisCache",
        "LOCATION": env.redis("CACHE_URL", env.redis_database(REDIS_URL, 1)),
        "TIMEOUT": 300,
        "OPTIONS": {
            "CLIENT_CLASS": "django_redis.client.DefaultClient",
            "IGNORE_EXCEPTIONS": True,
            "CONNECTION_POOL_CLASS": "diarysite.cache.RestingPool",
            "CONNECTION_POOL_KWARGS": {
                "socket_timeout": 0.5,
                "socket_connect_timeout": 0.5,
                "retry": Retry(NoBackoff(), 0),
            },
        },
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

CELERY_BROKER_URL = env.broker(REDIS_URL)
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = False
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_TASK_DEFAULT_QUEUE = "light"
CELERY_TASK_ROUTES = {"illustration.tasks.draw_waiting": {"queue": "draw"}}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
    "health_check_interval": 25,
    # A message is gone once it is read: the rows deliver again. An acknowledgement that a stalled broker never
    # answered would count against the prefetch limit for ever, and leave the worker alive but deaf.
    "ack_emulation": False,
}

LEASE_SECONDS = env.number("LEASE_SECONDS", 60, low=1, high=3600)
SWEEP_SECONDS = env.number("SWEEP_SECONDS", 15, low=0.2, high=600)
RETRY_SECONDS = env.number("RETRY_SECONDS", 10, low=0, high=3600)
STEP_SECONDS_MOST = env.number("STEP_SECONDS_MOST", 900, low=1, high=86_400)
ATTEMPTS_MOST = env.whole("ATTEMPTS_MOST", 5, low=1, high=20)
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "illustration.tasks.sweep", "schedule": SWEEP_SECONDS},
    "tidy": {"task": "illustration.tasks.tidy", "schedule": 3600},
    "tidy-diaries": {"task": "diaries.tasks.tidy", "schedule": 3600},
}

ENGINE = env.text("ENGINE", "illustration.engine.diffusion.DiffusionEngine")
ENGINE_DEVICE = env.text("ENGINE_DEVICE", "auto")
ENGINE_DTYPE = env.choice("ENGINE_DTYPE", "auto", {"auto", "float32", "bfloat16", "float16"})
ENGINE_CAPACITY = env.whole("ENGINE_CAPACITY", 8, low=1, high=64)
MODEL_PATH = env.folder("MODEL_PATH", BASE_DIR / "illustration" / "starter")
SCENE_READER = env.text("SCENE_READER", "illustration.scenes.read")
# A UNet of the Stable Diffusion 1 kind halves the latents three times, and a latent covers eight pixels.
PICTURE_SIZE = env.whole("PICTURE_SIZE", family_of(MODEL_PATH).size, low=64, high=1024, step=64)

DRAWINGS_A_DAY = env.whole("DRAWINGS_A_DAY", 30, low=0, high=100_000)
DRAWINGS_WAITING = env.whole("DRAWINGS_WAITING", 5, low=1, high=1000)

AUTH_USER_MODEL = "diaries.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = env.choice("EMAIL_VERIFICATION", "none", {"none", "optional", "mandatory"})
ACCOUNT_SIGNUP_FORM_CLASS = "diaries.signup.AboutMe"
ACCOUNT_ADAPTER = "diaries.letters.AccountAdapter"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
HEADLESS_CLIENTS = ("app",)
ACCOUNT_FORMS = {"signup": "diaries.forms.SignupForm"}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if USE_HTTPS else "http"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "diaries:calendar"
LOGOUT_REDIRECT_URL = "diaries:landing"

EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.whole("EMAIL_PORT", 587, low=1, high=65535)
EMAIL_HOST_USER = env.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_TLS", True)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.sender("EMAIL_FROM", "diary@localhost")

LANGUAGE_CODE = env.choice("DEFAULT_LANGUAGE", "ko", {"ko", "en"})
LANGUAGES = [("ko", _("Korean")), ("en", _("English"))]
FORMAT_MODULE_PATH = "diarysite.formats"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.time_zone("TIME_ZONE", "Asia/Seoul")
USE_I18N = USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.folder("MEDIA_ROOT", VAR_DIR / "pictures")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "diarysite.static_files.HashedStaticFiles"},
}
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = USE_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if USE_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = USE_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if NUM_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = NUM_PROXIES
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}


def _desk_item(title: Any, icon: str, name: str, permission: str, query: str = "") -> dict[str, Any]:
    return {
        "title": title,
        "icon": icon,
        "link": lambda request: reverse(f"admin:{name}") + query,
        "permission": lambda request: request.user.has_perm(permission),
        "active": lambda request: request.path.startswith(reverse(f"admin:{name}")),
    }


UNFOLD = {
    "SITE_TITLE": _("Picture diary"),
    "SITE_HEADER": _("Picture diary"),
    "SITE_SUBHEADER": _("Staff's desk"),
    "SITE_SYMBOL": "draw",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("img/favicon.svg")}
    ],
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": True,
    "LANGUAGES": {"action": reverse_lazy("diaries:set-language")},
    "BORDER_RADIUS": "6px",
    "STYLES": [lambda request: static("css/desk.css")],
    "ACCOUNT": {
        "navigation": [{"title": _("Change password"), "link": reverse_lazy("account_change_password")}]
    },
    # The crayon box's blue, as on the date line of a page.
    "COLORS": {
        "primary": {
            "50": "oklch(97% .013 255)",
            "100": "oklch(93.5% .03 255)",
            "200": "oklch(88% .057 255)",
            "300": "oklch(80% .1 255)",
            "400": "oklch(70% .14 256)",
            "500": "oklch(60% .17 258)",
            "600": "oklch(51% .18 260)",
            "700": "oklch(45% .17 261)",
            "800": "oklch(39% .14 262)",
            "900": "oklch(34% .11 263)",
            "950": "oklch(26% .07 264)",
        }
    },
    "SIDEBAR": {
        "navigation": [
            {"items": [{"title": _("Overview"), "icon": "monitoring", "link": reverse_lazy("admin:index")}]},
            {
                "title": _("Moderation"),
                "items": [
                    _desk_item(
                        _("Reports"),
                        "flag",
                        "diaries_report_changelist",
                        "diaries.view_report",
                        "?status__exact=open",
                    ),
                    _desk_item(
                        _("Book of acts"),
                        "menu_book",
                        "diaries_moderationact_changelist",
                        "diaries.view_moderationact",
                    ),
                ],
            },
            {
                "title": _("Operation"),
                "items": [
                    _desk_item(
                        _("Drawings"),
                        "image",
                        "illustration_illustration_changelist",
                        "illustration.view_illustration",
                    ),
                    _desk_item(
                        _("Workers"), "memory", "illustration_worker_changelist", "illustration.view_worker"
                    ),
                    _desk_item(
                        _("Styles"), "palette", "illustration_style_changelist", "illustration.view_style"
                    ),
                    _desk_item(_("People"), "group", "diaries_user_changelist", "diaries.view_user"),
                ],
            },
        ]
    },
}

# How many requests the API answers: `number/period` with s, m, h or d; `off` for no limit.
API_RATES = {
    "writer": env.rate("API_RATE_WRITER", "300/m"),
    "address": env.rate("API_RATE_ADDRESS", "100/m"),
    "write": env.rate("API_RATE_WRITE", "60/m"),
    "draw": env.rate("API_RATE_DRAW", "30/m"),
    "report": env.rate("API_RATE_REPORT", "20/h"),
    "sign_up": env.rate("API_RATE_SIGN_UP", "20/h"),
    "sign_in": env.rate("API_RATE_SIGN_IN", "20/m"),
    "password": env.rate("API_RATE_PASSWORD", "20/h"),
}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "diaries.api.authentication.SessionTokenAuthentication",
        "diaries.api.authentication.CookieAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "diaries.api.permissions.ActiveWriter",
    ],
    "DEFAULT_THROTTLE_CLASSES": [
        "diaries.api.throttles.WriterThrottle",
        "diaries.api.throttles.AddressThrottle",
        "diaries.api.throttles.ActThrottle",
    ],
    "DEFAULT_PARSER_CLASSES": ["diaries.api.content.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "diaries.api.content.OneForm",
    "DEFAULT_SCHEMA_CLASS": "diaries.api.schema.ProblemSchema",
    "EXCEPTION_HANDLER": "diaries.api.problems.handle",
    "NUM_PROXIES": NUM_PROXIES,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "그림일기 API",
    "DESCRIPTION": "Everything an app needs to write a picture diary. The guide is docs/api.md.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["diaries.api.links.add"],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "class": "diarysite.logs.DiscreetFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {
        "handlers": ["console"],
        "level": env.choice("LOG_LEVEL", "INFO", {"DEBUG", "INFO", "WARNING", "ERROR"}),
    },
    # A sweep every few seconds would bury what an operator wants to read.
    "loggers": {
        name: {"level": "WARNING"} for name in ("celery.app.trace", "celery.beat", "celery.worker.strategy")
    },
}
os.environ.setdefault("HF_HUB_OFFLINE", "1")
