"""Django settings, assembled from the typed environment."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from nuanxin.config.databases import database_settings
from nuanxin.config.environment import read_environment
from nuanxin.config.keys import KeyFile, make_keys
from nuanxin.config.mail import smtp_settings
from nuanxin.config.sign_in import APPS as SIGN_IN_APPS
from nuanxin.config.sign_in import FEDERATED_APPS, sign_in_settings
from nuanxin.config.sign_in import OIDC_PROVIDER as OIDC_PROVIDER

ENV = read_environment()
TESTING = "pytest" in sys.modules or os.environ.get("NUANXIN_TEST") == "1"
PACKAGE = Path(__file__).resolve().parent.parent

_keys_file = ENV.keys_file or ENV.data_dir / "keys.json"
if not _keys_file.exists() and (TESTING or ENV.demo or ENV.debug):
    make_keys(_keys_file)
KEYS_FILE = KeyFile(_keys_file)
KEYS = KEYS_FILE.load()

SECRET_KEY = KEYS.secret
DEBUG = ENV.debug
ALLOWED_HOSTS = list(ENV.hosts)
DATA_DIR = ENV.data_dir
DEMO = ENV.demo
BASE_URL = ENV.base_url
RATE_LIMIT = ENV.rate_limit and not TESTING
HOTLINE_RECORDINGS_DAYS = ENV.recordings_days
HOTLINE_QUALITY_PERCENT = ENV.quality_percent
ARI_URL, ARI_USER, ARI_PASSWORD, ARI_APP = ENV.ari_url, ENV.ari_user, ENV.ari_password, ENV.ari_app
ARI_CA = ENV.ari_ca
ARI_OPERATORS, ARI_PEOPLE, ARI_SHOWN = ENV.ari_operators, ENV.ari_people, ENV.ari_shown
SMS_GATEWAY_URL = ENV.sms_gateway_url
SMS_GATEWAY_ACCOUNT = ENV.sms_gateway_account
SMS_GATEWAY_SECRET = ENV.sms_gateway_secret
# Called with every text message that comes in; its answer goes back as a notice (nuanxin.notices.inbound).
NOTICES_INBOUND_HANDLER = "nuanxin.hotline.inbound.reply"
MAIL_FROM = DEFAULT_FROM_EMAIL = ENV.mail_from
globals().update(smtp_settings(ENV.smtp_url))
CLAMD = ENV.clamd

INSTALLED_APPS = [
    "nuanxin.accounts.apps.AdministrationConfig",  # Django's admin, with our sign-in
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "nuanxin.audit",
    "nuanxin.ui",
    "nuanxin.accounts",  # before allauth, whose templates it replaces
    *SIGN_IN_APPS,
    *(FEDERATED_APPS if ENV.oidc_issuer else []),
    "nuanxin.network",
    "nuanxin.notices",
    "nuanxin.cases",
    "nuanxin.assignment",
    "nuanxin.documents",
    "nuanxin.hotline",
    "nuanxin.portal",
    "nuanxin.desk",
    "nuanxin.config",
]
AUTH_USER_MODEL = "accounts.Staff"
# Asked of those who decide, overrule, watch or configure; demo sign-ins stay one step.
SECOND_FACTOR = not (DEMO or TESTING)
SESSION_COOKIE_AGE = 12 * 3600  # one working day
TRUSTED_PROXIES = ENV.trusted_proxies
FEDERATED = bool(ENV.oidc_issuer)  # an authority's identity provider is configured
OIDC_NAME = ENV.oidc_name
globals().update(sign_in_settings(ENV))

MIDDLEWARE = [
    "nuanxin.config.middleware.RequestLog",
    "nuanxin.config.middleware.ApiErrors",
    "django.middleware.security.SecurityMiddleware",
    "nuanxin.config.middleware.PermissionsPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "nuanxin.config.middleware.BodyLimit",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "nuanxin.accounts.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

CSRF_FAILURE_VIEW = "nuanxin.ui.errors.csrf_failure"
ROOT_URLCONF = "nuanxin.config.urls"
WSGI_APPLICATION = "nuanxin.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
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

DATABASES = {"default": database_settings(ENV.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:  # the real hasher takes 50 ms by design; tests sign in thousands of times
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# Legal days are Asia/Shanghai days; instants are stored in UTC.
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
# Our own words before those of the packages, which have other things in mind with the same English word.
# Rooms that stand first in INSTALLED_APPS win, as among applications.
_ROOMS = [
    app.removeprefix("nuanxin.")
    for app in INSTALLED_APPS
    if app.startswith("nuanxin.") and app.count(".") == 1
]
LOCALE_PATHS = [PACKAGE / room / "locale" for room in _ROOMS]
LANGUAGE_COOKIE_NAME = "language"

STATIC_URL = "static/"
STATIC_ROOT = ENV.data_dir / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING or DEBUG
MEDIA_ROOT = ENV.data_dir / "evidence"

# Bytes of a body: text, and files sent as multipart. BodyLimit answers 413 in words; Django's own limit, which
# would answer a bare 400, stays above them.
BODY_LIMIT = 1024 * 1024
UPLOAD_LIMIT = 25 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * BODY_LIMIT
FILE_UPLOAD_PERMISSIONS = 0o600

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.secure
SECURE_SSL_REDIRECT = ENV.secure
SECURE_HSTS_SECONDS = 31536000 if ENV.secure else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = "camera=(), geolocation=(self), microphone=()"

_SELF = ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": _SELF,
        "style-src": _SELF,
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": _SELF,
        "media-src": _SELF,  # recordings of the hotline
        "connect-src": _SELF,
        "manifest-src": _SELF,
        "worker-src": _SELF,
        "form-action": _SELF,
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "notices", "clocks"]}
}

# Lines are data without people in them. In tests a line that names a person is an error.
LOGGING_CONFIG = "nuanxin.audit.logging.configure"
LOGGING = {
    "as_json": not (DEBUG or sys.stderr.isatty()),
    "level": "WARNING" if DEMO else "INFO",
    "strict": TESTING,
}
