"""The pages of the hotline at the desk, a module each, and their addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from nuanxin.desk.views.hotline import board, callbacks, console, duty, register, reports, roster, waits

paths: list[URLPattern] = [
    path("hotline/", console.console, name="hotline"),
    path("hotline/live/", console.live, name="hotline_live"),
    path("hotline/state/", console.stand, name="hotline_stand"),
    path("hotline/<int:call_id>/take/", console.take, name="hotline_take"),
    path("hotline/<int:call_id>/wrap-up/", console.wrap_up, name="hotline_wrap_up"),
    path("hotline/<int:call_id>/new/", console.grow, name="hotline_grow"),
    path("hotline/call-backs/", callbacks.call_backs, name="hotline_call_backs"),
    path("hotline/call-backs/live/", callbacks.live, name="hotline_call_backs_live"),
    path("hotline/call-backs/<int:call_back_id>/", callbacks.reached, name="hotline_call_back"),
    path("hotline/call-backs/<int:call_back_id>/dial/", callbacks.dial, name="hotline_call_back_dial"),
    path("hotline/call-backs/<int:call_back_id>/tried/", callbacks.tried, name="hotline_call_back_tried"),
    path("hotline/call-backs/<int:call_back_id>/off/", callbacks.call_off, name="hotline_call_back_off"),
    path("hotline/call-backs/<int:call_back_id>/new/", callbacks.new_case, name="hotline_call_back_new"),
    path("hotline/duty/", duty.my_duties, name="hotline_duty"),
    path("hotline/duty/live/", duty.live, name="hotline_duty_live"),
    path("hotline/duty/calendar.ics", duty.my_calendar, name="hotline_duty_calendar"),
    path("hotline/roster/", roster.roster_page, name="hotline_roster"),
    path("hotline/roster/live/", roster.live, name="hotline_roster_live"),
    path("hotline/roster/need/<int:desk_id>/", roster.need_page, name="hotline_need"),
    path("hotline/board/", board.board_page, name="hotline_board"),
    path("hotline/board/live/", board.live, name="hotline_board_live"),
    path("hotline/reports/", reports.reports_page, name="hotline_reports"),
    path("hotline/reports/figures.csv", reports.reports_file, name="hotline_reports_file"),
    path("hotline/register/", register.register_page, name="hotline_register"),
    path("hotline/register/exchanges/new/", register.exchange_page, name="hotline_new_exchange"),
    path("hotline/register/exchanges/<int:exchange_id>/", register.exchange_page, name="hotline_exchange"),
    path("hotline/register/desks/new/", register.desk_page, name="hotline_new_desk"),
    path("hotline/register/desks/<int:desk_id>/", register.desk_page, name="hotline_desk"),
    path("hotline/register/seats/new/", register.seat_page, name="hotline_new_seat"),
    path("hotline/register/seats/<int:staff_id>/", register.seat_page, name="hotline_seat"),
    path("hotline/register/waits/", waits.waits_page, name="hotline_waits"),
]
