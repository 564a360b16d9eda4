"""Every address of the site, by app."""

from django.contrib import admin
from django.urls import include, path

from diaries.api.views.lists import unknown
from diaries.views.signup import sign_up
from diarysite.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/signup/", sign_up, name="account_signup"),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
    path("api", unknown),
    path("api/", include("diaries.api.urls")),
    path("", include("diaries.urls")),
]
handler500 = "diaries.views.errors.server_error"
