"""Addresses of the desk. Names and telephone numbers never stand in one: what is searched for is posted."""

from __future__ import annotations

from django.urls import path

from nuanxin.desk.views import (
    case,
    claim,
    counter,
    coverage,
    evidence,
    lists,
    moves,
    nearest,
    notices,
    partner,
    person,
    point_files,
    points,
    search,
    supervision,
)

app_name = "desk"
urlpatterns = [
    path("", lists.home, name="home"),
    path("lists/<slug:name>/", lists.show, name="list"),
    path("lists/<slug:name>/live/", lists.live, name="live"),
    path("navigation/", lists.nav, name="navigation"),
    path("search/", search.search_page, name="search"),
    path("new/", counter.new, name="new"),
    path("new/earlier/", counter.earlier, name="earlier"),
    path("new/<slug:number>/", counter.receipt, name="receipt"),
    path("places/", counter.places, name="places"),
    path("nearest/<slug:place>/", nearest.near_place, name="nearest"),
    path("partner/", partner.handed_in, name="handed_in"),
    path("partner/new/", partner.hand_in, name="hand_in"),
    path("partner/<slug:number>/", partner.standing, name="standing"),
    path("points/", points.points_page, name="points"),
    path("points/new/", points.new_point, name="new_point"),
    path("points/duplicates/", points.duplicates_page, name="point_duplicates"),
    path("points/export/", point_files.export_file, name="points_export"),
    path("points/import/", point_files.import_page, name="points_import"),
    path("points/import/done/", point_files.imported_page, name="points_imported"),
    path("points/import/<slug:key>/", point_files.report_page, name="points_report"),
    path("points/import/<slug:key>/faults/", point_files.faults_file, name="points_faults"),
    path("points/<int:point_id>/", points.point_page, name="point"),
    path("overdue/", supervision.overdue, name="overdue"),
    path("network/coverage/", coverage.coverage_page, name="coverage"),
    path("network/coverage/gaps.csv", coverage.coverage_gaps, name="coverage_gaps"),
    path("notices/", notices.inbox_page, name="notices"),
    path("cases/<slug:number>/", case.page, name="case"),
    path("cases/<slug:number>/part/", case.part, name="case_part"),
    path("cases/<slug:number>/live/", case.live, name="case_live"),
    path("cases/<slug:number>/versions/", claim.versions_page, name="claim_versions"),
    path("cases/<slug:number>/workers/", case.workers, name="workers"),
    path("cases/<slug:number>/workers/<int:seq>/", person.person, name="person"),
    path("cases/<slug:number>/evidence/", evidence.hand_in, name="evidence"),
    path("cases/<slug:number>/evidence/<int:paper>/", evidence.original_file, name="original"),
    path("cases/<slug:number>/evidence/<int:paper>/preview/", evidence.preview_file, name="preview"),
    path("cases/<slug:number>/unmask/", case.unmask, name="unmask"),
    path("cases/<slug:number>/<slug:action>/", moves.move, name="move"),
]
