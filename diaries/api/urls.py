"""Addresses of the API: plural nouns, resource first, UUIDs, a slash at the end."""

from django.urls import include, path, re_path

from diaries.api.views import accounts, cast, drawings, entries, lists, reports

app_name = "api"

of_drawing = [
    path("", drawings.DrawingDetailView.as_view(), name="drawing-detail"),
    path("retry/", drawings.DrawingRetryView.as_view(), name="drawing-retry"),
    path("cancel/", drawings.DrawingCancelView.as_view(), name="drawing-cancel"),
    path("choose/", drawings.DrawingChooseView.as_view(), name="drawing-choose"),
    path("report/", reports.DrawingReportView.as_view(), name="drawing-report"),
    path("picture/", drawings.DrawingPictureView.as_view(), name="drawing-picture"),
    path("thumbnail/", drawings.DrawingThumbnailView.as_view(), name="drawing-thumbnail"),
    path("preview/", drawings.DrawingPreviewView.as_view(), name="drawing-preview"),
]
v1 = [
    path("accounts/", accounts.SignUpView.as_view(), name="sign-up"),
    path("session/", accounts.SessionView.as_view(), name="session"),
    path("password/", accounts.PasswordChangeView.as_view(), name="password-change"),
    path("password/reset-requests/", accounts.PasswordResetRequestView.as_view(), name="password-forgotten"),
    path("password/resets/", accounts.PasswordResetView.as_view(), name="password-reset"),
    path("email-verifications/", accounts.EmailVerificationView.as_view(), name="email-verification"),
    path("me/", accounts.MeView.as_view(), name="me"),
    path("entries/", entries.EntryListView.as_view(), name="entry-list"),
    path("entries/<uuid:entry>/", entries.EntryDetailView.as_view(), name="entry-detail"),
    path("entries/<uuid:entry>/drawings/", drawings.DrawingListView.as_view(), name="drawing-list"),
    path(
        "entries/<uuid:entry>/drawings/all-styles/",
        drawings.DrawingAllStylesView.as_view(),
        name="drawing-all-styles",
    ),
    path("entries/<uuid:entry>/drawings/<uuid:drawing>/", include(of_drawing)),
    path("calendar/<int:year>/<int:month>/", entries.CalendarView.as_view(), name="calendar-month"),
    path("cast/", cast.CastListView.as_view(), name="cast-list"),
    path("cast/<uuid:member>/", cast.CastMemberView.as_view(), name="cast-detail"),
    path("styles/", lists.StyleListView.as_view(), name="styles"),
    path("moods/", lists.MoodListView.as_view(), name="moods"),
    path("weathers/", lists.WeatherListView.as_view(), name="weathers"),
    path("reports/", reports.ReportListView.as_view(), name="report-list"),
    path("problems/", lists.ProblemListView.as_view(), name="problems"),
    path("schema/", lists.SchemaView.as_view(), name="schema"),
    path("try/", lists.TryItView.as_view(), name="try"),
]
urlpatterns = [
    path("v1/", include(v1)),
    # Last: whatever is left under /api/ is answered in the API's own words.
    re_path(r"^(?P<rest>.*)$", lists.unknown, name="unknown"),
]
