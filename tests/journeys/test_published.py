"""Every published case from the first word to money in the worker's hand, as far as its facts reach."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, expect

from tests.journeys import desk, pictures, portal
from tests.journeys.cases import Published, published, yuan
from tests.journeys.conftest import Visit
from tests.journeys.portal import Receipt
from tests.journeys.server import Server
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey
CASES = published()


@dataclass
class Told:
    """A case on its way: who takes part, and what the worker holds in the hand."""

    case: Published
    server: Server
    visit: Visit
    clerk: Walker
    decider: Walker
    worker: Walker
    receipt: Receipt = field(init=False)
    lawyer: Walker = field(init=False)

    @property
    def number(self) -> str:
        return self.receipt.number

    def seen_by_worker(self, *parts: str) -> None:
        """What the page of number and code says now."""
        self.worker.go("/follow/case/")
        for part in parts:
            expect(self.worker.page.locator("main")).to_contain_text(part)

    def answered_by_text(self, *parts: str) -> None:
        """What a text message with number and code is answered."""
        self.server.send_text(self.case.phone, f"{self.number} {self.receipt.code}")
        said = self.server.message(self.number, *parts)
        assert self.number in said

    def sums(self, **steps: int) -> None:
        """The four sums stand apart, as given; those not named are nothing yet."""
        desk.open_case(self.lawyer, self.number)
        found = desk.ledger(self.lawyer)
        assert found == {step: steps.get(step, 0) for step in desk.STEPS}, found


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_from_the_first_word_to_the_money(
    case: Published, server: Server, visit: Visit, capsys: pytest.CaptureFixture[str]
) -> None:
    told = _begun(case, server, visit)
    _accepted(told)
    if case.id == "hanjiang-rider":
        _asked_once(told)
    if case.id == "yuhang-rider":
        _facts_for_the_law(told)
    _granted(told)
    _with_lawyer(told)
    if case.id == "yuhang-rider":
        _corrected_by_the_lawyer(told)
    _fought(told)
    if not case.course.confirm:
        return  # the report ends here
    _paid(told)
    if case.id == "gaoping-station":
        _pictured(told)
    _confirmed(told)
    _closed(told)
    if case.id == "gaoping-station":
        with capsys.disabled():
            print(f"\n  {_summary(told)}")


# the door


def _begun(case: Published, server: Server, visit: Visit) -> Told:
    clerk = desk.sign_in(visit(desk=True), _staff("clerk", case))
    told = Told(case, server, visit, clerk, desk.sign_in(visit(desk=True), _staff("decider", case)), visit())
    told.receipt = _by_helper(told) if case.door == "helper" else _at_the_counter(told)
    portal.follow(told.worker, told.receipt)
    told.seen_by_worker("收到")
    told.answered_by_text()
    return told


def _staff(role: str, case: Published) -> str:
    return role if case.place == "140581" else f"{role}_{case.place}"


def _at_the_counter(told: Told) -> Receipt:
    case = told.case
    form: dict[str, object] = {
        "kind": "aid", "door": "counter", "name": case.name, "phone": case.phone, "place_text": case.place,
        "items": list(case.items), "story": case.story, "relation": case.relation, "consent": True,
    }  # fmt: skip
    if case.said_workers:
        form["workers"] = case.said_workers
    if case.said_total:
        form["amount"] = case.said_total
    form |= {f"worked_{end}": day for end, day in case.worked.items()}
    if "no_calls" in case.needs:
        form["no_calls"] = True
    form["needs"] = [need for need in case.needs if need != "no_calls"]
    for place, party in enumerate(case.parties, 1):
        form |= {f"party{place}_{part}": party[part] for part in ("role", "kind") if party.get(part)}
    return desk.at_the_counter(told.clerk, **form)


def _by_helper(told: Told) -> Receipt:
    case = told.case
    said = portal.Application(
        name=case.name, phone=case.phone, who="others", workers=case.workers, items=case.items, caller="company",
        helper={"name": "镇司法所演示员", "phone": "19000020001", "relation": "station"}, where="阳谷",
        began=case.worked["from"], ended=case.worked["to"], story=case.story,
    )  # fmt: skip
    return portal.apply(told.worker, said)


# review and decision


def _accepted(told: Told) -> None:
    case, clerk = told.case, told.clerk
    row = desk.row_of(clerk, case.name)
    mixed = "labour_relationship" in case.items
    expect(row).to_contain_text("绿色通道")
    if mixed:
        expect(row).to_contain_text("分项")
    assert desk.listed(clerk, case.name, "green")
    desk.open_case(clerk, told.number)
    if mixed:  # each item says for itself whether means are checked
        for part in ("免予核查", "确认劳动关系", "核查或诚信承诺"):
            expect(clerk.page.locator("main")).to_contain_text(part)
    if "sign_language" in case.needs:
        expect(clerk.page.locator("main")).to_contain_text("手语")
        expect(clerk.page.locator("main")).to_contain_text("不要打电话")
    desk.do(clerk, told.number, "accept")
    told.seen_by_worker("受理")
    told.server.message(told.number, "已受理")


def _asked_once(told: Told) -> None:
    """Everything that is missing is named once; the worker supplies it from the phone, with a photograph."""
    papers = ["identity", "injury"]
    desk.do(
        told.clerk, told.number, "ask_for_more", missing=papers, text="请补身份证和医院诊断，可以发照片。"
    )
    told.server.message(told.number, "还缺材料")
    told.seen_by_worker("还差")
    worker = told.worker
    worker.press("main a[href='/follow/papers/']")
    worker.page.set_input_files("main input[type='file']", [photograph("诊断.jpg")])
    worker.press("main form .button")
    portal.deed(worker.go("/follow/case/"), "supply", text="照片发过去了。")
    told.seen_by_worker("审查")
    desk.open_case(told.clerk, told.number)
    expect(told.clerk.page.locator("#evidence .papers li")).to_have_count(1)
    desk.attempt(told.clerk, told.number, "ask_for_more", missing=["employment"], text="还要合同。")
    assert "一次" in desk.refusal(told.clerk)


def _facts_for_the_law(told: Told) -> None:
    """What the law still needs leads to its field; contradictions are told there; the answer stands on the page.

    The day he left and that the sum was put in writing are invented: the press does not say.
    """
    clerk, left = told.clerk, date.today() - timedelta(days=10)
    desk.open_case(clerk, told.number)
    clerk.press("#law .needs a[href$='#id_pay__basis']")
    assert clerk.page.url.endswith("/record_facts/#id_pay__basis")
    facts = {
        "pay__basis": "sum", "pay__amount": yuan(told.case.fen), "due_on": left.isoformat(),
        "started_on": date.today().isoformat(), "ended_on": left.isoformat(), "evidence": ["iou"],
    }  # fmt: skip
    desk.put(clerk, facts)
    clerk.press("main form .actions button.button")
    expect(clerk.page.locator("#id_ended_on_error")).to_be_visible()
    expect(clerk.page.locator("[name='pay__amount']")).to_have_value(yuan(told.case.fen))
    desk.put(clerk, {"started_on": (left - timedelta(days=90)).isoformat()})
    clerk.press("main form .actions button.button")
    law = clerk.page.locator("#law")
    expect(law).to_contain_text(f"{told.case.fen / 100:,.2f}")
    expect(law).to_contain_text("《劳动争议司法解释一》第15条")
    law.locator("details summary").first.click()
    expect(law).to_contain_text("欠条或者协议上写明")


def _corrected_by_the_lawyer(told: Told) -> None:
    """A later demand starts the time anew: the day on the page moves, and both versions stand on record."""
    lawyer = told.lawyer
    on = date.today() - timedelta(days=2)
    desk.do(
        lawyer, told.number, "record_facts",
        **{"limitation__events-0-kind": "demand", "limitation__events-0-on": on.isoformat()},
    )  # fmt: skip
    lawyer.press("#law a[href$='/versions/']")
    for part in ("第 2 版", "第 1 版", f"工人催要工资 {on.isoformat()}", "时效"):
        expect(lawyer.page.locator("main")).to_contain_text(part)
    audited = told.server.run("audit", "verify", "--case", told.number)
    assert audited.returncode == 0, audited.stdout + audited.stderr


def photograph(name: str) -> FilePayload:
    """A picture as a phone takes it."""
    drawn = io.BytesIO()
    Image.new("RGB", (640, 480), (200, 180, 150)).save(drawn, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": drawn.getvalue()}


def _granted(told: Told) -> None:
    number = told.number
    desk.do(told.clerk, number, "review", recommend="grant", text="事实清楚，材料齐。")
    desk.open_case(told.decider, number)
    desk.do(told.decider, number, "grant", **_means(told))
    told.seen_by_worker("援助")
    told.server.message(number, "法律援助")


def _means(told: Told) -> dict[str, object]:
    mixed = "labour_relationship" in told.case.items
    return {"status_document": True, "undertaking": True} if mixed else {"status_document": True}


# the lawyer


def _with_lawyer(told: Told) -> None:
    number = told.number
    name = desk.offer(told.clerk, number)
    told.lawyer = desk.sign_in(told.visit(desk=True), desk.username_of(name))
    assert desk.listed(told.lawyer, told.case.name, "offers")
    desk.do(told.lawyer, number, "accept_offer")
    told.seen_by_worker(name)
    told.server.message(number, "已有律师")
    desk.do(told.lawyer, number, "sign_agreement")
    desk.do(told.lawyer, number, "record_meeting", text="核对了考勤和欠条。")
    desk.do(told.lawyer, number, "report_progress", text="已经和对方联系，下周见面谈。")
    told.seen_by_worker("已经和对方联系，下周见面谈。")


def _fought(told: Told) -> None:
    if told.case.group:
        desk.enter_roster(told.lawyer, told.number, told.case.roster())
    for step in told.case.course.steps:
        desk.do(told.lawyer, told.number, "record_step", taken=step)
    told.answered_by_text()


# the money


def _paid(told: Told) -> None:
    case, number = told.case, told.number
    claimed = case.fen if case.group or case.said_total else 0
    spread = {"spread": "by_claim"} if case.group else {}
    desk.do(told.lawyer, number, "record_award", total=yuan(case.fen), way="document", **spread)
    told.sums(claimed=claimed, awarded=case.fen)
    desk.do(told.lawyer, number, "record_payment", total=yuan(case.fen), way="document", **spread)
    told.sums(claimed=claimed, awarded=case.fen, paid=case.fen)
    told.server.message(number, "收到了吗")
    desk.attempt(told.lawyer, number, "report_closing", outcome="recovered", text="对方说都付了。")
    assert "确认" in desk.refusal(told.lawyer)
    told.answered_by_text("收到没有")


def _confirmed(told: Told) -> None:
    case, number = told.case, told.number
    claimed = case.fen if case.group or case.said_total else 0
    if case.group or case.course.confirm == "link":
        told.seen_by_worker("确认")
        portal.deed(told.worker, "confirm_payment")
        if case.id == "gaoping-station":
            _confirmed_by_a_workmate(told)
    if case.group:
        proof = {"evidence": _bank_proof(told)} if case.course.confirm == "bank_proof" else {}
        desk.do(told.clerk, number, "confirm_payment", spread="outstanding", way=case.course.confirm, **proof)
    told.sums(claimed=claimed, awarded=case.fen, paid=case.fen, confirmed=case.fen)
    told.seen_by_worker(f"{case.fen / 100:,.2f}")


def _confirmed_by_a_workmate(told: Told) -> None:
    """No. 2 of the roster has a code of their own, which opens their own line and nobody else's."""
    share = Decimal(told.case.roster()[1][2])
    asked = told.server.message(told.number, f"{share:,.0f}" if share == int(share) else f"{share:,.2f}")
    code = re.search(r"(?<!\d)2-\d{8}(?!\d)", " ".join(told.server.messages()))
    assert code, asked
    workmate = told.visit()
    portal.follow(workmate, Receipt(told.number, code[0], ""))
    expect(workmate.page.locator("main")).not_to_contain_text(f"{told.case.fen / 100:,.2f}")
    portal.deed(workmate, "confirm_payment")
    told.sums(
        claimed=told.case.fen, awarded=told.case.fen, paid=told.case.fen,
        confirmed=sum(int(Decimal(row[2]) * 100) for row in told.case.roster()[:2]),
    )  # fmt: skip


def _bank_proof(told: Told) -> str:
    """A bank proof counts when it is on file: refused first, then handed in, then named."""
    desk.attempt(told.clerk, told.number, "confirm_payment", spread="outstanding", way="bank_proof")
    assert "先收下" in desk.refusal(told.clerk)
    desk.open_case(told.clerk, told.number)
    told.clerk.page.set_input_files("#files", [photograph("银行回单.jpg")])
    told.clerk.press("form.hand-in button")
    desk.open_case(told.clerk, told.number)
    told.clerk.press(desk.choice(told.clerk, told.number, "confirm_payment"))
    return str(told.clerk.page.locator("select[name='evidence'] option").last.get_attribute("value"))


def _pictured(told: Told) -> None:
    """For the README: the first page, the case that waits for the worker's word, and the desk."""
    pictures.take(told.visit(), "/")
    pictures.take(told.worker, "/follow/case/")
    pictures.take(told.clerk, f"/desk/lists/all/?case={told.number}")
    pictures.keep()


# the end


def _closed(told: Told) -> None:
    number, clerk, worker = told.number, told.clerk, told.worker
    desk.do(told.lawyer, number, "report_closing", outcome="recovered", text="工资全部到手，逐人核实。")
    desk.do(clerk, number, "pass_file")
    told.server.message(number, "评一评")
    desk.do(clerk, number, "pay_subsidy", amount="1800")
    desk.do(clerk, number, "record_follow_up", reached="yes", satisfied="5", text="满意。")
    told.worker.go("/follow/case/")
    portal.deed(worker, "rate", stars="5", text="谢谢。")
    desk.do(clerk, number, "close")
    told.seen_by_worker("办结")
    told.answered_by_text("办结")
    assert desk.listed(clerk, told.case.name, "closed")


def _summary(told: Told) -> str:
    found = desk.ledger(desk.open_case(told.clerk, told.number))
    verified = told.server.run("audit", "verify", "--case", told.number)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    return (
        f"gaoping-station: {told.case.workers} workers, from application {told.number} to confirmed money: "
        + ", ".join(f"{step} {fen / 100:,.2f}" for step, fen in found.items())
        + " yuan; closed; audit chain whole"
    )
