"""Real cases, as the press told them, worked through by hand. What was not reported is not filled in, but asked for.

Where a figure is invented it says so. Amounts and days are those of the reports.
"""

from __future__ import annotations

from typing import Any

from nuanxin.law import answer
from tests.law.claim_questions import item, needs, route


def test_seven_painters_in_wutong_2017() -> None:
    """2,000 metres at 28 yuan, and 16 days of waiting at a rate nobody agreed; no contract, a team leader.

    2,000 × 28 = 56,000; the 30,000 that was offered was not paid. Asked on 17 May 2017, the day after the work.
    """
    asked: dict[str, Any] = {
        "as_of": "2017-05-17",
        "place": "450300",
        "relation": "unknown",
        "started_on": "2017-04-15",
        "ended_on": "2017-05-16",
        "pay": {"basis": "piece", "tiers": [{"up_to": None, "price": "28.00"}]},
        "arrears": {"units": 2000},
        "double_wage": {},
        "group": {"forum": "court"},
        "workers": 7,
        "evidence": ["witness"],
    }
    found = answer("claim", asked)
    assert item(found, "wages")["amount"] == found["total"] == "56000.00"
    # who the employer is decides how long: as an employment one year from 16 May 2017
    readings = item(found, "wages")["limitation"]["readings"]
    assert [one.get("date") for one in readings] == ["2018-05-16", None]
    # a monthly wage was never agreed, so double wage asks for it; the local minimum wage is in no table
    assert set(needs(found)) == {"/monthly_wage", "/due_on", "/minimum_wage"}
    assert found["total_confirmed"] == "0.00"
    assert [one["route"] for one in found["routes"] if one["available"]] == [
        "inspection",
        "mediation",
        "arbitration",
    ]
    assert route(found, "inspection")["clock"]["until"] == "2019-05-16"
    # seven are fewer than ten: each acts for themselves
    assert found["answers"]["group"]["representatives"] is None


def test_welders_in_daqing_asked_almost_two_years_later() -> None:
    """Some 300 yuan a day and some 6,000 owed, so 20 days; due in June 2021, asked for in March 2023.

    The report gives months; the last day of June and the 15th of March are invented. The year of arbitration was
    over on 30 June 2022; the two years of inspection and the three of a service contract were not.
    """
    asked: dict[str, Any] = {
        "as_of": "2023-03-15",
        "place": "230600",
        "relation": "unknown",
        "ended_on": "2021-06-30",
        "due_on": "2021-06-30",
        "minimum_wage": "1610.00",  # invented
        "pay": {"basis": "day", "amount": "300.00"},
        "arrears": {"days": 20},
        "evidence": ["photos", "attendance"],
    }
    found = answer("claim", asked)
    wages = item(found, "wages")
    assert wages["amount"] == "6000.00"
    assert [(one["id"], one["status"], one["date"]) for one in wages["limitation"]["readings"]] == [
        ("employment", "expired", "2022-06-30"),
        ("service", "open", "2024-06-30"),
    ]
    # so the sum is promised to nobody, and still goes into the total
    assert (found["total"], found["total_confirmed"]) == ("6000.00", "0.00")
    assert route(found, "inspection")["clock"]["until"] == "2023-06-30"
    assert "对方不提" in route(found, "arbitration")["why"]["zh"]
    # without a day nothing is counted: the same claim with months only
    months_only = {key: value for key, value in asked.items() if key not in ("ended_on", "due_on")}
    assert set(needs(answer("claim", months_only))) == {"/ended_on", "/due_on"}
    # attendance and photographs show the relation, but neither the rate nor what was paid
    have = {one["need"]: one["have"] for one in found["evidence"]}
    assert have == {"labour_relationship": True, "wage_rate": False, "arrears": False}


def test_twenty_six_workers_with_ious_in_gaoping() -> None:
    """IOUs of over 130,000 yuan in all from a company, asked on 31 July 2020; no day of payment was reported."""
    asked: dict[str, Any] = {
        "as_of": "2020-07-31",
        "place": "140581",
        "relation": "employment",
        "minimum_wage": "1400.00",  # invented
        "arrears": {"pay": {"basis": "sum", "amount": "130000.00"}},
        "evidence": ["iou"],
        "workers": 26,
        "group": {"forum": "arbitration"},
        "parties": [{"id": "the company", "role": "employer", "kind": "licensed_unit"}],
        "liability": {
            "period": {"from": "2020-01-01", "to": "2020-06-30"}
        },  # early 2020; the days are invented
    }
    found = answer("claim", asked)
    assert found["total"] == "130000.00"
    # an IOU that names no day: the day it was due or first asked for decides
    assert needs(found) == ["/due_on"]
    court = route(found, "court")
    assert court["available"]
    assert "15" in {entry["article"] for entry in court["basis"]}
    assert route(found, "payment_order")["available"]
    # asked for on the day they came to legal aid: three years from there
    demand = {"events": [{"kind": "demand", "on": "2020-07-31"}]}
    dated = answer("claim", {**asked, "limitation": demand})
    assert item(dated, "wages")["limitation"]["strict"] == "2023-07-31"
    assert dated["total_confirmed"] == "130000.00"
    # 12 × 1,400 = 16,800: an award would not be final
    assert item(dated, "wages")["final_award"]["final"] is False
    assert dated["answers"]["group"]["representatives"] == {"min": 3, "max": 5}
    first = dated["answers"]["liability"]["respondents"][0]
    assert (first["id"], first["ground"]) == ("the company", "16")
    assert {one["need"]: one["have"] for one in dated["evidence"]} == {
        "labour_relationship": False,
        "acknowledged_sum": True,
        "liable_parties": False,
    }


def test_a_courier_in_yuhang_with_2800_yuan() -> None:
    """A courier on a platform: whether that is an employment is open, the pay for his orders is not.

    The days are invented: asked on 1 November 2025, worked until 31 October, to be paid on 15 October.
    """
    asked: dict[str, Any] = {
        "as_of": "2025-11-01",
        "place": "330110",
        "relation": "platform",
        "minimum_wage": "2490.00",  # invented
        "started_on": "2025-06-01",
        "ended_on": "2025-10-31",
        "due_on": "2025-10-15",
        "pay": {
            "basis": "piece",
            "tiers": [{"up_to": None, "price": "5.60"}],
        },  # invented: 500 orders at 5.60
        "arrears": {"units": 500},
        "severance": {"end_reason": "worker_for_employer_breach", "average_wage": "5000.00"},  # invented
        "evidence": ["work_orders"],
    }
    found = answer("claim", asked)
    assert item(found, "wages")["amount"] == "2800.00"
    # five months: half a month's wage if it was an employment, nothing if not; so it is not in the total
    assert [one["amount"] for one in item(found, "severance")["readings"]] == ["2500.00", "0.00"]
    # both ways of seeing it are in time: one year from 31 October, three from 15 October
    assert (found["total"], found["total_confirmed"]) == ("2800.00", "2800.00")
    assert (item(found, "wages")["waiver"], item(found, "severance")["waiver"]) == (True, False)
    assert [one["route"] for one in found["routes"] if one["available"]] == [
        "inspection",
        "mediation",
        "arbitration",
    ]
    relation = found["evidence"][0]
    assert (relation["need"], relation["have"]) == ("labour_relationship", True)
