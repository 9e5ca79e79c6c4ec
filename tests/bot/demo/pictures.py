"""``python -m tests.bot.demo.pictures [NAME …]``: draws the pictures of the guides anew, from scenes of the demo.

Each picture is one pane of the page at a step of a scene, cut to its newest lines, so that it shows what a telephone
shows.
"""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from bot.demo.run import show
from tests.conftest import BROWSER, REPOSITORY, find_chromium

FOLDER = REPOSITORY / "deploy" / "guides" / "pictures"
LARGEST = 120_000
"""Bytes of a picture: the guides are read on telephones."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A file, and what it shows.

    Attributes:
        name: of the file, without ``.png``.
        scene: key of the scene, and the ``step`` after which it is taken.
        who: whose screen, and ``where`` he looks; empty: in private.
        words: the message that is in the middle.
        size: width and height of the lines, in pixels; of the wall as a whole where nobody's screen is meant.
    """

    name: str
    scene: str
    step: int
    who: str
    words: str
    where: str = ""
    size: tuple[int, int] = (420, 560)


PICTURES = (
    Picture(name="接报", scene="stampede", step=1, who="李值班", words="【待接报】", size=(420, 320)),
    Picture(name="念稿", scene="stampede", step=3, who="李值班", words="1/4 市委值班室", size=(420, 560)),
    Picture(name="研判", scene="stampede", step=7, who="李值班", words="请研判", size=(420, 400)),
    Picture(name="宣布", scene="stampede", step=9, who="陈主任", words="预览：启动Ⅲ级响应", size=(420, 620)),
    Picture(name="传言", scene="stampede", step=14, who="李值班", words="有1人死亡的说法", size=(420, 300)),
    Picture(name="代录", scene="stampede", step=19, who="李值班", words="电话宣布调整为Ⅱ级响应", size=(420, 520)),
    Picture(name="卡片", scene="stampede", step=14, who="李值班", where="指挥群", words="Ⅲ级响应（", size=(420, 460)),
    Picture(name="大屏", scene="stampede", step=10, who="", words="Ⅲ级响应", size=(960, 540)),
    Picture(name="更正", scene="poisoning", step=17, who="李值班", where="指挥群", words="【更正1】", size=(420, 240)),
    Picture(name="全过程", scene="stampede", step=24, who="李值班", where="指挥群", words="全过程", size=(420, 500)),
    Picture(name="预警", scene="warning", step=2, who="李值班", words="请确认：发布暴雨橙色预警", size=(420, 620)),
    Picture(name="预警清单", scene="warning", step=4, who="马校长", words="请落实", size=(420, 560)),
    Picture(name="职责清单", scene="duties", step=2, who="沈校长", words="本周职责", size=(420, 560)),
    Picture(name="退回", scene="duties", step=9, who="沈校长", words="退回：", size=(420, 300)),
    Picture(name="真实", scene="drill", step=7, who="李值班", words="【真实】【待接报】", size=(420, 340)),
)
SETUP = Picture(name="安装检查", scene="", step=0, who="林管理", words="安装检查", size=(420, 520))


async def draw(folder: Path = FOLDER, only: frozenset[str] = frozenset()) -> list[Path]:
    """Draw the pictures into a folder; return their files.

    Raises:
        ValueError: one is larger than the guides may carry.
    """
    found = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=BROWSER)
        for scene in ("", *dict.fromkeys(picture.scene for picture in PICTURES)):
            wanted = [one for one in (SETUP, *PICTURES) if one.scene == scene and (not only or one.name in only)]
            if wanted:
                found += await _night(browser, scene, wanted, folder)
        await browser.close()
    return found


async def _night(browser: Browser, scene: str, wanted: list[Picture], folder: Path) -> list[Path]:
    """Play one scene as far as its pictures need it."""
    found = []
    async with show(rate=0) as (town, address):
        page = await browser.new_page(viewport={"width": 1200, "height": 1100}, bypass_csp=True)
        await page.goto(address)
        await page.wait_for_selector("body.ready")
        if not scene:
            admin = next(part for part in town.cast() if part.name == SETUP.who)
            town.world.person(admin.person).send(str(admin.person), "/setup")
            await town.world.person(admin.person).sees(str(admin.person), SETUP.words)
            found.append(await _draw(page, SETUP, folder))
        step = await town.play(scene) if scene else None
        while step is not None and step.number <= max(one.step for one in wanted):
            for one in wanted:
                if one.step == step.number:
                    found.append(await _draw(page, one, folder))
            step = await town.step()
        await page.close()
    return found


async def _draw(page: Page, picture: Picture, folder: Path) -> Path:
    """Open the person's chat in a pane of its own and take the lines around the words; or the wall."""
    width, height = picture.size
    path = folder / f"{picture.name}.png"
    if not picture.who:
        return _small(await _wall(page, picture, path))
    await page.reload()
    await page.wait_for_selector("body.ready")
    title = "城区校园安全指挥群" if picture.where else "警钟"
    person = page.locator(".person").filter(has=page.get_by_text(picture.who, exact=True))
    await person.get_by_role("button", name=title).first.click()
    pane = page.get_by_role("region", name=f"{title}，以{picture.who}的身份", exact=True)
    line = pane.locator(".line").filter(has_text=picture.words).last
    await line.wait_for()
    # The tools of the page are no part of the chat.
    await page.add_style_tag(
        content=".stage, .panes, .pane { display: block !important } .top, .intro, .script, .people, .side, .log, "
        ".writing, .pane-head, .pin, .down, .tools, .toasts { display: none !important } "
        f".scroll-box {{ width: {width}px; height: {height}px }}"
    )
    await line.evaluate("line => line.scrollIntoView({ block: 'center' })")
    await pane.locator(".scroll-box").screenshot(path=path)
    return _small(path)


async def _wall(page: Page, picture: Picture, path: Path) -> Path:
    """Open the wall from the page and take it."""
    async with page.context.expect_page() as opened:
        await page.get_by_role("link", name="值班室大屏").first.click()
    wall = await opened.value
    await wall.set_viewport_size({"width": picture.size[0], "height": picture.size[1]})
    await wall.locator(".tile").filter(has_text=picture.words).wait_for()
    await wall.wait_for_function("() => /\\d/.test(document.getElementById('clock').textContent)")
    await wall.screenshot(path=path)
    await wall.close()
    return path


def _small(path: Path) -> Path:
    size = path.stat().st_size
    if size > LARGEST:
        raise ValueError(f"{path.name} has {size} bytes, at most {LARGEST} are meant: make it smaller")
    return path


if __name__ == "__main__":
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    for file in asyncio.run(draw(only=frozenset(sys.argv[1:]))):
        print(f"{file.relative_to(REPOSITORY)} {file.stat().st_size}")
