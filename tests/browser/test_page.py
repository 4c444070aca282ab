"""The page as a whole: languages, light, phone, names for screen readers, contrast, keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from browser.hands import IDLE, choose, settled
from models.registry import families

TINY = "pictures/dcgan-toy"
TABLES = Path(__file__).parents[2] / "assets" / "i18n"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

# Names and units that a Chinese page keeps in Latin letters.
NAMES = {
    *("DCGAN", "C-GAN", "StyleGAN", "VAE", "PCA", "toy", "nobody", "English", "Home", "Shift"),
    *("PNG", "WebP", "JPEG", "JSON", "MB", "ms", "min", "FD-eye", "CC0"),
    *("KD-eye", "R1", "PSNR", "SSIM", "Set5", "BLEU-2", "BLEU-3", "BLEU-4", "top-k", "top-p"),
    *("dB", "st", "DNSMOS", "Enter", "Esc", "zip", "china", "jpg"),
    *("WEBP", "GIF", "WAV", "FLAC", "OGG", "MP3", "MIDI", "MID", "TXT", "ZIP"),
    *("Python", "Gradio", "PyTorch", "Linux", "cpu", "x86_64", "aarch64", "COCO"),
}

# A family's own name stays in Latin letters where its Chinese title keeps it.
NAMES |= {
    word for f in families().values() for word in re.findall(r"[A-Za-z][A-Za-z0-9_-]+", f.title.zh)
}

# Every word a person or a screen reader meets, but for names marked as such.
WORDS = """() => {
  const words = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode()); ) {
    const parent = node.parentElement;
    if (parent.closest("script, style, [translate=no], [data-do=language]")) continue;
    if (parent.checkVisibility()) words.push(node.textContent);
  }
  for (const element of document.querySelectorAll("[aria-label], [alt], [placeholder], [title]")) {
    if (!element.checkVisibility() || element.closest("[translate=no]")) continue;
    for (const name of ["aria-label", "alt", "placeholder", "title", "aria-roledescription"])
      words.push(element.getAttribute(name) || "");
  }
  return words.join(" ");
}"""

# The tabs between the first and the last, and what is there once they are.
TABS = {
    "upscale": ".drop",
    "style": "[data-part=style-stage][data-shown]",
    "words": "[data-part=stage][data-shown]",
    "music": "[data-part=stage][data-shown]",
    "voice": "[data-part=sound][data-shown]",
}

# The parts of the Lab, and what is there once they are.
LAB = {
    "models": ".model",
    "compare": ".bars",
    "sharing": "[data-part=sharing] ul",
    "status": "[data-part=status] table",
}

NAMELESS = """() => {
  const said = (e) =>
    [e.textContent, ...[...e.querySelectorAll("img")].map((image) => image.alt)].join("").trim();
  const name = (e) =>
    e.getAttribute("aria-label") || [...(e.labels || [])].map(said).join("") || said(e)
    || e.getAttribute("alt");
  const faults = [...document.querySelectorAll(
    "button, a[href], input:not([type=hidden]), select, textarea, [role=application]")]
    .filter((e) => e.checkVisibility() && !name(e)).map((e) => e.outerHTML);
  for (const image of document.images) if (!image.hasAttribute("alt")) faults.push(image.outerHTML);
  // What can be pressed can be reached without a mouse.
  const reached = "button, a[href], input, select, textarea, summary, label, audio, [tabindex]";
  for (const e of document.querySelectorAll("body *"))
    if (e.checkVisibility() && getComputedStyle(e).cursor === "pointer" && !e.closest(reached))
      faults.push(`only for a mouse: ${e.outerHTML}`);
  for (const e of document.querySelectorAll("[aria-describedby]"))
    for (const id of e.getAttribute("aria-describedby").split(" "))
      if (!document.getElementById(id)?.textContent) faults.push(`${e.outerHTML}: no ${id}`);
  return faults;
}"""

CONTRAST = """() => {
  const parts = (colour) => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => top.slice(0, 3).map((v, i) => v * top[3] + below[i] * (1 - top[3]));
  const ground = (e) => {
    if (!e) return [255, 255, 255];
    const own = parts(getComputedStyle(e).backgroundColor);
    return own[3] === 1 ? own.slice(0, 3) : over(own, ground(e.parentElement));
  };
  const light = (c) => {
    const [r, g, b] = c.map((v) =>
      (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const faults = [];
  for (const e of document.querySelectorAll("body *")) {
    const text = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!(text || e.matches("input[type=number], select")) || !e.checkVisibility()) continue;
    if (e.closest("script, style")) continue;
    const below = ground(e);
    const [a, b] = [light(over(parts(getComputedStyle(e).color), below)), light(below)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5)
      faults.push(`${ratio.toFixed(2)} ${e.className} ${e.textContent.slice(0, 40)}`);
  }
  return faults;
}"""


def latin(text: str) -> list[str]:
    return [w for w in re.findall(r"[A-Za-z][A-Za-z0-9_-]+", text) if w not in NAMES]


def through_all_parts(page):
    """Yields after each part of the page has been opened."""
    choose(page, TINY)
    page.locator("[data-part=samples]").scroll_into_view_if_needed()
    page.wait_for_selector("[data-part=samples] [data-seed]")
    yield "pictures"
    page.locator("[data-do=hold]").click()
    page.locator("[data-do=next]").click()
    page.locator("[data-do=love]").click()
    page.locator("[data-mode=table]").click()
    page.locator("[data-shelf=loved]").click()
    page.wait_for_selector("[data-kept]")
    page.wait_for_function(IDLE)
    yield "explored"
    for tab, sign in TABS.items():
        page.locator(f"[role=tab][data-tab-id={tab}]").click()
        page.wait_for_selector(f"#{tab} {sign}", state="visible")
        yield tab
    page.locator("[role=tab][data-tab-id=lab]").click()
    page.wait_for_selector("#lab .drop")
    yield "info"
    for part, sign in LAB.items():
        page.locator(f"[data-opens={part}]").click()
        page.wait_for_selector(f"#lab {sign}")
        yield part


def table(name: str) -> dict[str, str]:
    return phrases((TABLES / f"{name}.js").read_text(encoding="utf-8"))


def phrases(text: str) -> dict[str, str]:
    return dict(re.findall(r'^  (\w+):\s*"(.*)",$', text, re.MULTILINE))


def tables() -> dict[str, tuple[dict[str, str], dict[str, str]]]:
    """The page's own two tables, and one file a tab with both."""
    found = {"page": (table("en"), table("zh"))}
    for path in sorted(TABLES.glob("*.js")):
        if path.stem not in ("en", "zh"):
            halves = path.read_text(encoding="utf-8").split("export const zh")
            found[path.stem] = tuple(phrases(half) for half in halves)
    return found


@pytest.mark.parametrize("name", tables())
def test_both_languages_have_the_same_phrases_with_the_same_places(name: str) -> None:
    en, zh = tables()[name]
    assert en and en.keys() == zh.keys()
    for key in en:
        assert sorted(re.findall(r"\{\w+\}", en[key])) == sorted(re.findall(r"\{\w+\}", zh[key]))
        assert re.search(r"[一-鿿]", zh[key]) or set(latin(zh[key])) == set(), key


def test_the_chinese_page_leaves_no_english_word(visit, compared) -> None:
    page = visit(locale="zh-CN")
    for part in through_all_parts(page):
        assert latin(page.evaluate(WORDS)) == [], part
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert latin(page.title()) == []


def test_the_counter_finds_english() -> None:
    assert latin("种子 Seed 1 DCGAN") == ["Seed"]


def test_the_language_is_switched_in_place_and_remembered(visit) -> None:
    page = visit(locale="en-US")
    choose(page, TINY)
    page.locator("input[data-control=direction_1][type=range]").fill("2")
    request = settled(page)
    shown = page.locator("#pictures .picture img").get_attribute("src")
    page.get_by_role("button", name="中文").click()
    page.get_by_role("tab", name="图片").wait_for()
    page.get_by_role("tab", name="音乐").wait_for()  # also those that are not open
    assert page.locator("#pictures .picture img").get_attribute("src") == shown
    assert settled(page) == request
    assert page.get_by_role("button", name="重置").is_enabled()
    page.reload()
    page.get_by_role("tab", name="图片").wait_for()
    page.get_by_role("button", name="English").click()
    page.get_by_role("tab", name="Pictures").wait_for()
    page.get_by_role("tab", name="Music").wait_for()
    assert page.get_by_text("Strongest directions").is_visible()


def test_light_and_dark_follow_the_system_until_a_person_chooses(visit) -> None:
    page = visit(color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.get_by_role("button", name="Switch to light colours").click()
    light = page.evaluate(ground)
    assert light != dark
    page.reload()
    page.get_by_role("button", name="Switch to dark colours").wait_for()
    assert page.evaluate(ground) == light
    page.get_by_role("button", name="Switch to dark colours").click()
    assert page.evaluate(ground) == dark


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_and_everything_has_a_name(visit, compared, scheme: str) -> None:
    page = visit(color_scheme=scheme)
    for part in through_all_parts(page):
        assert page.evaluate(CONTRAST) == [], part
        assert page.evaluate(NAMELESS) == [], part


def test_a_phone_has_everything_in_one_scroll(visit, compared) -> None:
    page = visit(**PHONE)
    for part in through_all_parts(page):
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, part
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, .button, select, input[type=range]")]
              .filter((e) => e.checkVisibility())
              // Gradio measures its tabs on copies that nobody sees (studio/README.md)
              .filter((e) => !e.matches("#studio-tabs button[tabindex='-1']:not([role=tab])"))
              .filter((e) => Math.min(e.offsetWidth, e.offsetHeight) < 24)
              .map((e) => e.outerHTML)"""
        )
        assert small == [], part


def test_a_phone_keeps_the_picture_in_sight_while_sliders_move(visit) -> None:
    page = visit(**PHONE)
    choose(page, TINY)
    last = page.locator("input[type=range]").last
    last.evaluate("e => scrollTo(0, e.getBoundingClientRect().bottom + scrollY - innerHeight + 40)")
    slider, shown = last.bounding_box(), page.locator(".picture").bounding_box()
    assert shown["y"] >= 0
    assert shown["y"] + shown["height"] < slider["y"]


def test_the_keyboard_reaches_everything(visit) -> None:
    page = visit()
    choose(page, TINY)
    wanted = page.evaluate(
        """() => {
          let count = 0;
          for (const e of document.querySelectorAll("button, input, select, a[href], [tabindex]"))
            if (e.checkVisibility() && !e.disabled && e.tabIndex >= 0 && !e.closest(".samples"))
              if (e.type !== "radio" || e.checked) e.dataset.reach = ++count;
          return count;
        }"""
    )
    page.evaluate("document.activeElement.blur()")
    reached = set()
    for _ in range(3 * wanted):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.dataset.reach || ''"))
    missing = {str(i) for i in range(1, wanted + 1)} - reached
    assert not missing, page.evaluate(
        "(n) => n.map((i) => document.querySelector(`[data-reach='${i}']`).outerHTML)",
        sorted(missing),
    )
