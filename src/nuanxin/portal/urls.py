"""Addresses of the public face; mounted at the root."""

from __future__ import annotations

from django.urls import path

from nuanxin.portal.views import (
    add_papers,
    advice,
    apply,
    deeds,
    find,
    follow,
    home,
    my_data,
    papers,
    points,
    rating,
    receipt,
    ring_me,
    short,
    take_over,
)

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("privacy/", home.privacy, name="privacy"),
    path("about/", home.about, name="about"),
    path("accessibility/", home.accessibility, name="accessibility"),
    path("find/", find.where, name="find"),
    path("find/map/", find.country, name="find_map"),
    path("find/near/", find.near, name="near"),
    path("points/<int:point_id>/", points.point, name="point"),
    path("points/<int:point_id>/poster/", points.poster, name="poster"),
    path("report/", short.report, name="report"),
    path("ask/", short.ask, name="ask"),
    path("ring-me/", ring_me.ring_me, name="ring_me"),
    path("ring-me/receipt/", ring_me.receipt, name="ring_me_receipt"),
    path("ring-me/mine/", ring_me.mine, name="ring_me_mine"),
    path("ring-me/change/", ring_me.change, name="ring_me_change"),
    path("advice/<slug:door>/", advice.begin, name="advice"),
    path("advice/<slug:door>/answer/", advice.answer, name="advice_answer"),
    path("advice/<slug:door>/<slug:key>/", advice.question, name="advice_question"),
    path("apply/", apply.begin, name="apply"),
    path("apply/check/", apply.check, name="check"),
    path("apply/send/", apply.send, name="send"),
    path("apply/stop/", apply.stop, name="stop"),
    path("apply/papers/", papers.papers, name="papers"),
    path("apply/take-over/", take_over.take_over, name="take_over"),
    path("apply/<slug:key>/", apply.question, name="question"),
    path("h/<str:secret>/", rating.rate, name="rating"),
    path("receipt/", receipt.receipt, name="receipt"),
    path("f/<str:number>/", follow.number, name="number"),
    path("follow/", follow.follow, name="follow"),
    path("follow/case/", follow.case, name="case"),
    path("follow/papers/", add_papers.add_papers, name="add_papers"),
    path("follow/papers/<int:evidence_id>/", add_papers.paper, name="paper"),
    path("follow/leave/", follow.leave, name="leave"),
    path("follow/do/<slug:action>/", deeds.deed, name="deed"),
    path("follow/done/<slug:action>/", deeds.done, name="done"),
    path("my-data/", my_data.my_data, name="my_data"),
    path("my-data/asked/", my_data.my_data_asked, name="my_data_asked"),
]
