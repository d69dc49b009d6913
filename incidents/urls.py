"""The pages' addresses. `page` lets each of them carry the import map."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import LogoutView
from django.http import HttpResponseBase
from django.urls import URLPattern, path

from incidents.api.follow import ChangeStream
from incidents.importmap import allow_import_map
from incidents.views import searches, webhooks
from incidents.views.account import enter, sign_in
from incidents.views.agreement import agreement, blind_reading, machine
from incidents.views.article import article
from incidents.views.articles import articles
from incidents.views.changes import changes, mark_seen, news
from incidents.views.compare import compare
from incidents.views.correct import correct, take_back
from incidents.views.desk import desk
from incidents.views.dumps import dump_file, dumps, manifest
from incidents.views.export import download, export, export_progress
from incidents.views.feeds import atom, json_feed
from incidents.views.incident import incident
from incidents.views.keys import api_keys, revoke_key, rotate_key
from incidents.views.labels import labels
from incidents.views.looks import looks
from incidents.views.merging import merge, not_same, split
from incidents.views.own_account import account, end_other_sessions, end_session
from incidents.views.password import AskForLink, ChangePassword, LinkSent, NewPassword
from incidents.views.places import places
from incidents.views.review import next_case, review, review_case
from incidents.views.review_acts import review_act, review_set
from incidents.views.review_reports import add_incident, review_add, review_drop, review_published
from incidents.views.review_words import review_words
from incidents.views.sentence import sentence
from incidents.views.sources import sources
from incidents.views.undo import put_back, revisions, undo, undo_account


def page(route: str, view: Callable[..., HttpResponseBase], name: str, **kwargs: Any) -> URLPattern:
    """An address that answers with a page in the desk's frame."""
    return path(route, allow_import_map(view), name=name, kwargs=kwargs)


# The desk and what stands around it.
urlpatterns = [
    page("", desk, "desk"),
    page("compare/", compare, "compare"),
    page("changes/", changes, "changes"),
    path("changes/stream/", ChangeStream.as_view(), name="changes-stream"),
    path("changes/news/", news, name="news"),
    path("changes/seen/", mark_seen, name="mark-seen"),
    path("map/labels/<int:zoom>/<int:x>/<int:y>/", labels, name="map-labels"),
    path("incidents/<int:pk>/sentence/<slug:outcome>/", sentence, name="sentence"),
    path("looks/", looks, name="looks"),
]

# Taken away and told: files of any filter.
urlpatterns += [
    page("export/", export, "export"),
    page("export/<slug:name>/", download, "download"),
    path("export/progress/<slug:word>/", export_progress, name="export-progress"),
    page("dumps/", dumps, "dumps"),
    path("dumps/manifest.json", manifest, name="dump-manifest"),
    path("dumps/<str:name>", dump_file, name="dump-file"),
    path("feed.atom", atom, name="feed-atom"),
    path("feed.json", json_feed, name="feed-json"),
    page("searches/", searches.searches, "searches"),
    page("searches/<slug:slug>/", searches.search, "search"),
    path("searches/<slug:slug>/feed.atom", searches.search_atom, name="search-atom"),
    path("searches/<slug:slug>/feed.json", searches.search_json, name="search-json"),
    page("searches/<slug:slug>/rename/", searches.rename_search, "rename-search"),
    page("searches/<slug:slug>/alerts/", searches.set_alerts, "set-alerts"),
    page("searches/<slug:slug>/webhooks/", searches.add_webhook, "add-webhook"),
    path("searches/<slug:slug>/delete/", searches.delete_search, name="delete-search"),
    page("unsubscribe/<str:token>/", searches.unsubscribe, "unsubscribe"),
    page("webhooks/<int:pk>/", webhooks.webhook, "webhook"),
    path("webhooks/<int:pk>/delete/", webhooks.delete_webhook, name="delete-webhook"),
    path("webhooks/<int:pk>/replay/<int:message>/", webhooks.replay_delivery, name="replay-delivery"),
    path("webhooks/<int:pk>/<slug:action>/", webhooks.webhook_action, name="webhook-action"),
]

# One incident, one article, the people who correct them: each block belongs to its pages.
urlpatterns += [
    page("incidents/<int:pk>/", incident, "incident"),
    page("incidents/<int:pk>/correct/<slug:field>/", correct, "correct"),
    path("corrections/<int:pk>/take-back/", take_back, name="take-back"),
    page("articles/", articles, "articles"),
    page("articles/<int:pk>/", article, "article"),
    page("sources/", sources, "sources"),
    page("sign-in/", sign_in, "sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    page("enter/<slug:token>/", enter, "enter"),
]

# Agreement between editors, and what people changed of the machine's reading.
urlpatterns += [
    page("agreement/", agreement, "agreement"),
    page("agreement/<int:pk>/", blind_reading, "blind-reading"),
    page("machine/", machine, "machine"),
]

# The reader's own account.
urlpatterns += [
    page("account/", account, "account"),
    path("account/sessions/<int:pk>/end/", end_session, name="end-session"),
    path("account/sessions/end-others/", end_other_sessions, name="end-other-sessions"),
    page("account/password/", ChangePassword.as_view(), "password"),
    page("forgotten/", AskForLink.as_view(), "forgotten"),
    page("forgotten/sent/", LinkSent.as_view(), "link-sent"),
    page("forgotten/<uidb64>/<token>/", NewPassword.as_view(), "new-password"),
    page("account/keys/", api_keys, "api-keys"),
    page("account/keys/<int:pk>/rotate/", rotate_key, "rotate-key"),
    path("account/keys/<int:pk>/revoke/", revoke_key, name="revoke-key"),
]

# The editors' desk: the queue and the case in work.
urlpatterns += [
    page("review/", review, "review"),
    path("review/next/", next_case, name="review-next"),
    page("review/<int:pk>/", review_case, "review-case"),
    page("review/<int:pk>/set/<slug:field>/", review_set, "review-set"),
    page("review/<int:pk>/add/<slug:what>/", review_add, "review-add"),
    path("review/<int:pk>/drop/<slug:what>/<int:number>/", review_drop, name="review-drop"),
    page("review/<int:pk>/published/", review_published, "review-published"),
    page("incidents/add/", add_incident, "add-incident"),
    path("review/<int:pk>/words/", review_words, name="review-words"),
    path("review/<int:pk>/<slug:act>/", review_act, name="review-act"),
    path("places/", places, name="places"),
    page("review/undo-account/", undo_account, "undo-account"),
    path("undo/<int:pk>/", undo, name="undo"),
    page("incidents/<int:pk>/merge/", merge, "merge"),
    path("incidents/<int:pk>/not-same/", not_same, name="not-same"),
    page("incidents/<int:pk>/split/", split, "split"),
    page("incidents/<int:pk>/history/", revisions, "revisions"),
    path("incidents/<int:pk>/history/<int:number>/put-back/", put_back, name="put-back"),
]
