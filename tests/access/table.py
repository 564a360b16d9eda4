"""Who may do what: every address of the site, the API and the admin, by method and by who asks.

An answer is one letter; a line of answers is read against ACTORS:

    o   done: 200, 201, 202, 204, or sent on to another page
    i   sent to sign in
    n   not found (404): what is somebody else's does not exist
    f   forbidden (403)
    u   not signed in (401, the API's word)
    m   no such method (405)
    x   understood and refused as it stands: 400, 409, 410, 422, 428
    .   whatever a method that nobody uses gives, as long as it is no success: 401, 403, 404, 405 or to sign in
    ?   either of that, or done: a library's answer to OPTIONS

`author` and `suspended` ask about what is their own; everybody else asks about what is the author's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

ACTORS = ("anonymous", "author", "stranger", "suspended", "moderator", "operator", "administrator")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True)
class Route:
    """One address. `with_` names what its placeholders stand for; `send` what a method sends along."""

    name: str
    get: str = "." * 7
    post: str = "." * 7
    put: str = "." * 7
    patch: str = "." * 7
    delete: str = "." * 7
    options: str = ""
    with_: dict[str, str] = field(default_factory=dict)
    send: str = ""

    def answers(self, method: str) -> str:
        """Return the line of one method. HEAD is answered as GET; OPTIONS opens nothing that GET does not."""
        if method == "OPTIONS":
            # Libraries tell their methods; the API knows no OPTIONS.
            open_to = "" if self.name.startswith("api") else "o."
            return "".join("?" if letter in open_to else "." for letter in self.options or self.get)
        return str(getattr(self, "get" if method == "HEAD" else method.lower()))


# What most lines say. The letters stand for
#                a  au st su mo op ad
EVERYBODY = "ooooooo"
NOBODY = "nnnnnnn"
SIGNED_IN = "ioooooo"
WRITING = "ioofooo"
OWN = "iononnn"
OWN_WRITING = "ionfnnn"
# The API's words for the same.
API_SIGNED_IN = "uoooooo"
API_WRITING = "uoofooo"
API_OWN = "uononnn"
API_OWN_WRITING = "uonfnnn"
# Staff: only strangers are sent to sign in.
STAFF = "ifffooo"
MODERATORS = "ifffofo"
OPERATORS = "iffffoo"
NONE_OF_STAFF = "iffffff"


def desk(name: str, get: str, post: str = "", **more: Any) -> Route:
    """Return a page of the admin. A method that it does not know is read as GET there, and changes nothing."""
    return Route(name, get=get, post=post or get, put=get, patch=get, delete=get, **more)


def table_of(
    model: str, thing: str, *, read: str, change: str = NONE_OF_STAFF, send: str = ""
) -> list[Route]:
    """Return the pages that the admin has for every table; nobody deletes, and adding is its own line."""
    one = {"object_id": thing}
    app, name = model.split("_")
    return [
        desk(f"admin:{model}_changelist", read),
        desk(f"admin:{model}_change", read, change, with_=one, send=send),
        desk(f"admin:{model}_history", read, with_=one),
        desk(f"admin:{model}_delete", NONE_OF_STAFF, with_=one),
        # An old address of Django's, which leads to the page itself.
        desk(f"admin/{app}/{name}/<path:object_id>/", STAFF, with_=one),
    ]


SITE = [
    Route("healthz", get=EVERYBODY),
    Route("diaries:landing", get=EVERYBODY),
    Route("diaries:set-language", post=EVERYBODY, send="language"),
    Route("diaries:style-sample", get=EVERYBODY, with_={"slug": "style"}),
    Route("diaries:calendar", get=SIGNED_IN),
    Route("diaries:calendar-month", get=SIGNED_IN, with_={"year": "year", "month": "month"}),
    Route("diaries:cast", get=SIGNED_IN),
    Route("diaries:cast-add", get=WRITING, post=WRITING, send="card"),
    Route("diaries:cast-edit", get=OWN_WRITING, post=OWN_WRITING, with_={"pk": "card"}, send="card"),
    Route("diaries:cast-delete", post=OWN, with_={"pk": "card"}),
    Route("diaries:year", get=SIGNED_IN),
    Route("diaries:year-of", get=SIGNED_IN, with_={"year": "year"}),
    Route("diaries:entry-list", get=SIGNED_IN),
    Route("diaries:settings", get=SIGNED_IN, post=WRITING, send="settings"),
    Route("diaries:account-delete", get=SIGNED_IN, post=SIGNED_IN, send="api-password"),
    Route("diaries:reports", get=SIGNED_IN),
    # A text that is sent without a session is given back, with a way to sign in.
    Route("diaries:entry-create", get=WRITING, post="f" + WRITING[1:], send="page"),
    Route("diaries:entry-detail", get=OWN, with_={"pk": "entry"}),
    Route(
        "diaries:entry-edit",
        get=OWN_WRITING,
        post="f" + OWN_WRITING[1:],
        with_={"pk": "entry"},
        send="page",
    ),
    Route("diaries:entry-delete", get=OWN, post=OWN, with_={"pk": "entry"}),
    Route("diaries:picture-box", get=OWN, with_={"pk": "entry"}),
    Route("diaries:entry-redraw", post=OWN_WRITING, with_={"pk": "entry"}),
    Route("diaries:entry-draw-all", post=OWN_WRITING, with_={"pk": "entry"}),
    Route("diaries:drawing-retry", post=OWN_WRITING, with_={"pk": "entry", "drawing": "failed"}),
    Route("diaries:drawing-choose", post=OWN_WRITING, with_={"pk": "entry", "drawing": "ready"}),
    Route("diaries:drawing-cancel", post=OWN, with_={"pk": "waiting_entry", "drawing": "waiting"}),
    Route("diaries:drawing-delete", post=OWN, with_={"pk": "entry", "drawing": "ready"}),
    Route("diaries:picture", get=OWN, with_={"drawing": "ready"}),
    Route("diaries:thumbnail", get=OWN, with_={"drawing": "ready"}),
    Route("diaries:preview", get=OWN, with_={"drawing": "waiting"}),
    Route("diaries:photo-add", post=OWN_WRITING, with_={"pk": "entry"}),
    Route("diaries:photo-detail", get=OWN, post=OWN_WRITING, with_={"photo": "photo"}),
    Route("diaries:photo", get=OWN, with_={"photo": "photo"}),
    Route("diaries:photo-thumbnail", get=OWN, with_={"photo": "photo"}),
    Route("diaries:photo-delete", post=OWN, with_={"photo": "photo"}),
    # A draft is found by its writer and its page: the same address is another draft for everybody.
    Route(
        "diaries:draft",
        get=OWN,
        post="ioofooo",
        delete=SIGNED_IN,
        with_={"page": "draft"},
        send="draft",
    ),
    Route("diaries:draft-delete", post=SIGNED_IN, with_={"page": "draft"}),
    Route("diaries:picture-report", get=OWN, post=OWN, with_={"drawing": "ready"}, send="report"),
    # Dismissing somebody else's notice does nothing and says nothing.
    Route("diaries:notice-dismiss", post=SIGNED_IN, with_={"pk": "notice"}),
]


def form(name: str, get: str, post: str, **more: Any) -> Route:
    """Return a page of the accounts' library. Nothing is sent, so the form comes back; PUT is read as POST."""
    return Route(name, get=get, post=post, put=post, send="nothing", **more)


# Whoever is signed in is sent on at once from pages for those who are not.
SENT_ON = {"patch": ".oooooo", "delete": ".oooooo"}


ACCOUNTS = [
    form("account_login", EVERYBODY, EVERYBODY, **SENT_ON),
    form("account_signup", EVERYBODY, EVERYBODY, **SENT_ON),
    Route("account_logout", get=EVERYBODY, post=EVERYBODY),
    form("account_reauthenticate", SIGNED_IN, SIGNED_IN),
    form("account_email", SIGNED_IN, SIGNED_IN),
    form("account_change_password", SIGNED_IN, SIGNED_IN),
    form("account_set_password", SIGNED_IN, SIGNED_IN, **SENT_ON),
    form("account_reset_password", EVERYBODY, EVERYBODY),
    # A key that is not known is told so, whatever the method.
    desk("account_reset_password_from_key", EVERYBODY, with_={"uidb36": "word", "key": "word"}),
    form("account_confirm_login_code", SIGNED_IN, SIGNED_IN, **SENT_ON),
    Route("account_confirm_email", get=EVERYBODY, post=NOBODY, with_={"key": "word"}),
    Route("account_inactive", get=EVERYBODY),
    Route("account_email_verification_sent", get=EVERYBODY),
    Route("account_reset_password_done", get=EVERYBODY),
    Route("account_reset_password_from_key_done", get=EVERYBODY),
]

OF_ENTRY = {"entry": "entry"}
READY = {"entry": "entry", "drawing": "ready"}
FAILED = {"entry": "entry", "drawing": "failed"}
WAITING = {"entry": "waiting_entry", "drawing": "waiting"}

API = [
    Route("api", get=NOBODY, post=NOBODY, put=NOBODY, patch=NOBODY, delete=NOBODY),
    Route("api:unknown", NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, with_={"rest": "word"}),
    Route("api:sign-up", post="oxxxxxx", send="api-sign-up"),
    Route("api:session", post="uuuuuuu", delete=API_SIGNED_IN, send="api-sign-in"),
    Route("api:password-change", post="uxxxxxx", send="nothing"),
    Route("api:password-forgotten", post=EVERYBODY, send="api-forgotten"),
    Route("api:password-reset", post="xxxxxxx", send="nothing"),
    Route("api:email-verification", post="xxxxxxx", send="nothing"),
    Route("api:me", get=API_SIGNED_IN, patch=API_WRITING, delete="uxxxxxx", send="api-settings"),
    Route("api:entry-list", get=API_SIGNED_IN, post=API_WRITING, send="api-page"),
    Route(
        "api:entry-detail",
        get=API_OWN,
        put=API_OWN_WRITING,
        patch=API_OWN_WRITING,
        delete=API_OWN,
        with_=OF_ENTRY,
        send="api-page",
    ),
    Route("api:drawing-list", get=API_OWN, post=API_OWN_WRITING, with_=OF_ENTRY),
    Route("api:drawing-all-styles", post=API_OWN_WRITING, with_=OF_ENTRY),
    Route("api:drawing-detail", get=API_OWN, delete=API_OWN, with_=READY),
    Route("api:drawing-retry", post=API_OWN_WRITING, with_=FAILED),
    Route("api:drawing-cancel", post=API_OWN, with_=WAITING),
    Route("api:drawing-choose", post=API_OWN_WRITING, with_=READY),
    Route("api:drawing-report", post=API_OWN, with_=READY, send="report"),
    Route("api:drawing-picture", get=API_OWN, with_=READY),
    Route("api:drawing-thumbnail", get=API_OWN, with_=READY),
    Route("api:drawing-preview", get=API_OWN, with_=WAITING),
    Route("api:calendar-month", get=API_SIGNED_IN, with_={"year": "year", "month": "month"}),
    Route("api:cast-list", get=API_SIGNED_IN, post=API_WRITING, send="card"),
    Route(
        "api:cast-detail",
        get=API_OWN,
        put=API_OWN_WRITING,
        delete=API_OWN,
        with_={"member": "card"},
        send="card",
    ),
    Route("api:report-list", get=API_SIGNED_IN),
    Route("api:styles", get=EVERYBODY),
    Route("api:moods", get=EVERYBODY),
    Route("api:weathers", get=EVERYBODY),
    Route("api:problems", get=EVERYBODY),
    Route("api:schema", get=EVERYBODY),
    Route("api:try", get=EVERYBODY),
]

ADMIN = [
    desk("admin:index", STAFF),
    desk("admin:search", STAFF),
    Route("admin:jsi18n", get=STAFF),
    desk("admin:password_change", STAFF),
    desk("admin:password_change_done", STAFF),
    Route("admin:login", get=STAFF, post=STAFF, put=STAFF),
    Route("admin:logout", get="offf...", post="offfooo", put="o......", patch="o......", delete="o......"),
    desk("admin:app_list", STAFF, with_={"app_label": "app"}),
    Route("admin:autocomplete", get=NONE_OF_STAFF, options=STAFF),
    desk("admin:view_on_site", "ifffnnn", with_={"content_type_id": "word", "object_id": "word"}),
    desk("admin/(?P<url>.*)$", "ifffnnn", with_={"url": "word"}),
    # Moderators
    *table_of("diaries_report", "report", read=MODERATORS, change=MODERATORS, send="decision"),
    desk("admin:diaries_report_add", NONE_OF_STAFF),
    desk("admin:diaries_report_picture", MODERATORS, with_={"pk": "report"}),
    Route("admin:diaries_report_unblur", post=MODERATORS, with_={"pk": "report"}),
    *table_of("diaries_moderationact", "act", read=MODERATORS),
    desk("admin:diaries_moderationact_add", NONE_OF_STAFF),
    # Operators
    *table_of("illustration_illustration", "ready", read=OPERATORS),
    desk("admin:illustration_illustration_add", NONE_OF_STAFF),
    *table_of("illustration_worker", "worker", read=OPERATORS),
    desk("admin:illustration_worker_add", NONE_OF_STAFF),
    *table_of("illustration_style", "style_id", read=OPERATORS, change=OPERATORS, send="nothing"),
    desk("admin:illustration_style_add", OPERATORS, send="nothing"),
    desk("admin:illustration_style_sample", OPERATORS, with_={"pk": "style_id"}),
    *table_of("diaries_user", "user", read=OPERATORS, change=OPERATORS, send="account"),
    desk("admin:diaries_user_add", NONE_OF_STAFF),
    desk("admin:diaries_user_suspension", OPERATORS, with_={"object_id": "user"}, send="suspension"),
]

TABLE = {route.name: route for route in (*SITE, *ACCOUNTS, *API, *ADMIN)}
