"""The last of what ``scripts.try_asterisk`` tries: an operator whose telephone is in the browser, led by the gateway."""

from __future__ import annotations

import asyncio

from playwright.async_api import Page, async_playwright, expect

from scripts.asterisk_stage import Stage, until
from scripts.try_browser_telephone import PASSWORD
from tests.journeys.browser import FLAGS, chromium_path

WAIT = 30_000


async def close_record(page: Page) -> None:
    """What it was about, what was advised, what came of it: "advised" is refused without the first two."""
    await page.select_option("main [name='category']", "wages", timeout=WAIT)
    await page.fill("main [name='reply']", "先申请劳动仲裁")
    await page.check("[name='code'][value='advised']", timeout=WAIT, force=True)
    await page.click("main button[formaction*='/wrap-up/']")


async def in_the_browser(stage: Stage) -> str:
    """Picked up in the browser's telephone: sound both ways, hung up there, the record closed on the console."""
    from nuanxin.hotline.models import ConsultationRecord

    number = str(stage.number)
    stage.phones["801"].close()
    stage.run("hotline", "web-socket", "ws://127.0.0.1:8088/ws", "--exchange", number)
    stage.run("hotline", "seat", "operator", "--desk", str(stage.desks["general"]), "--extension", "801", "--browser-phone")  # fmt: skip
    stage.exchange.include.write_text(stage.run("hotline", "pjsip", "--exchange", number))
    stage.exchange.do("module reload res_pjsip.so")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        context = await chromium.new_context(locale="zh-CN")
        page = await context.new_page()
        await page.goto(f"{stage.server.url}/desk/")
        await page.fill("[name='login']", "operator")
        await page.fill("[name='password']", PASSWORD)
        async with page.expect_navigation():
            await page.click("main form .button")
        await page.goto(f"{stage.server.url}/desk/hotline/")
        async with context.expect_page() as opened:
            await page.click("[data-open]")
        window = await opened.value
        await window.click("[data-do=connect]")
        await expect(window.locator("[data-line]")).to_have_attribute("data-now", "connected", timeout=WAIT)
        await page.click("main button[value='ready']")
        caller, record = await stage.caller()
        await expect(page.locator("[data-talk]")).to_have_attribute("data-now", "ringing", timeout=WAIT)
        await page.click("[data-do=answer]")
        await until(lambda: record().state == "on_call", 20, f"on call: {record().state}")
        before = caller.packets
        await until(lambda: not caller.is_silent(), 20, "the caller hears the browser")
        await asyncio.sleep(2)
        heard = await window.locator("[data-voice]").get_attribute("data-packets")
        assert int(heard or 0) > 50, heard
        await window.click("[data-do=hang-up]")
        await until(lambda: record().state == "wrap_up", 20, f"over: {record().state}")
        assert caller.over.is_set()
        await close_record(page)
        await until(lambda: record().state == "ended", 20, f"closed: {record().state}")
        kept = await until(lambda: ConsultationRecord.objects.filter(call=record()).first(), 5, "the record")
        assert (kept.category, record().code) == ("wages", "advised"), (kept.category, record().code)
        version = chromium.version
        await chromium.close()
    return f"Chromium {version}; {caller.packets - before} packets to the caller, {heard} to the browser"
