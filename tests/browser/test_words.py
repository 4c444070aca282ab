"""The Words tab: sliders change words, a walk is lines, what else was thought of goes on."""

from __future__ import annotations

import json

import pytest

STAGE = "#words [data-part=stage]"
SETTLED = """() => {
  const s = document.querySelector('#words [data-part=stage]');
  return s && s.dataset.request && s.dataset.asked === s.dataset.shown;
}"""


@pytest.fixture
def words(visit):
    """The tab, open and settled."""
    page = visit("")
    page.get_by_role("tab", name="Words").click()
    page.wait_for_function(SETTLED)
    return page


def request(page) -> dict:
    page.wait_for_function(SETTLED)
    return json.loads(page.get_attribute(STAGE, "data-request"))


def text(page) -> str:
    page.wait_for_function(SETTLED)
    return page.inner_text("#words [data-part=text]").strip()


def choose(page, family: str) -> None:
    page.check(f"#words input[name=model][value='words/{family}-toy']", force=True)
    page.wait_for_function(
        f"() => document.querySelector('{STAGE}').dataset.request.includes('words/{family}-toy')"
    )


def test_a_typed_text_is_answered_and_kept_in_the_link(words) -> None:
    choose(words, "gru")
    words.fill("#words [data-control=opening]", "<b>a</b> \U0001f600")
    words.wait_for_function(
        f"() => document.querySelector('{STAGE}').dataset.request.includes('</b>')"
    )
    assert request(words)["controls"]["opening"] == "<b>a</b> \U0001f600"
    assert words.locator("#words [data-part=text] b").count() == 0, "shown as text, never run"
    before = text(words)
    words.click("#words [data-do=copy_link]")
    words.reload()
    words.wait_for_function(
        f"() => (document.querySelector('{STAGE}')?.dataset.request || '').includes('</b>')"
    )
    assert text(words) == before


def test_another_thought_goes_on_from_there(words) -> None:
    choose(words, "gru")
    words.locator("#words [data-token]").first.click()
    other = words.locator("#words [data-do=instead]").first
    piece = other.locator("span").first.inner_text()
    other.click()
    words.wait_for_function(
        f"() => JSON.parse(document.querySelector('{STAGE}').dataset.request).controls.opening"
    )
    assert request(words)["controls"]["opening"].strip() in (piece, "")


def test_walks_and_samples_are_lines(words) -> None:
    choose(words, "textvae")
    words.click("#words [data-do=walk]")
    assert words.inner_text("#words .between .note"), "says what is missing"
    words.fill("#words [data-control=towards]", "b c")
    words.wait_for_function(
        f"() => JSON.parse(document.querySelector('{STAGE}').dataset.request).controls.towards"
    )
    words.click("#words [data-do=walk]")
    words.wait_for_function("() => document.querySelectorAll('#words [data-walk]').length === 7")
    words.locator("#words [data-walk]").last.click()
    assert request(words)["controls"]["walk"] == 1
    words.click("#words [data-do=samples]")
    words.wait_for_selector("#words [data-part=samples] [data-seed]")
    seed = words.locator("#words [data-part=samples] [data-seed]").nth(2)
    wanted = int(seed.get_attribute("data-seed"))
    seed.click()
    assert request(words)["seed"] == wanted


def test_writing_on_keeps_what_is_there(words) -> None:
    choose(words, "gru")
    before = text(words)
    words.click("#words [data-do=play]")
    words.wait_for_function(
        f"() => JSON.parse(document.querySelector('{STAGE}').dataset.request).controls.opening"
    )
    assert request(words)["controls"]["opening"] == " ".join(before.split("\n")).strip()


def test_no_name_of_an_element_is_used_twice(words) -> None:
    twice = words.evaluate(
        """() => {
          const ids = [...document.querySelectorAll('[id]')].map((e) => e.id).filter(Boolean);
          return ids.filter((id, i) => ids.indexOf(id) !== i);
        }"""
    )
    assert twice == []


def slide(page, control: str, value: float) -> None:
    page.locator(f"#words input[type=range][data-control={control}]").evaluate(
        "(e, v) => { e.value = v; e.dispatchEvent(new Event('input', {bubbles: true})) }", value
    )
    page.wait_for_function(
        f"""() => JSON.parse(document.querySelector('{STAGE}').dataset.request)
          .controls['{control}'] === {value}"""
    )


def test_a_slider_an_own_sentence_and_another_language(words) -> None:
    """The eighth story: which words change, an own sentence, nothing left in English."""
    choose(words, "textvae")
    before, place = text(words), 0.5
    while text(words) == before:  # random weights may not mind a small move
        place += 1
        words.locator("#words [data-control=place]").first.focus()
        words.keyboard.press("Shift+ArrowRight")
        slide(words, "spread", min(1.5, place / 2))
        assert place < 9, "neither pad nor spread changes a word"
    assert words.locator("#words [data-part=text] mark").count() > 0, "new words are marked"
    words.fill("#words [data-control=sentence]", "a b c")
    words.wait_for_function(
        f"() => JSON.parse(document.querySelector('{STAGE}').dataset.request).controls.sentence"
    )
    words.click("#words [data-do=alike]")
    words.wait_for_function(
        "() => document.querySelector('#words .alike .note').textContent.includes('not on this')"
    )
    words.evaluate("() => document.querySelector('[data-do=language]').click()")
    words.wait_for_function("() => document.documentElement.lang === 'zh-CN'")
    assert request(words)["controls"]["sentence"] == "a b c", "nothing is lost on the way"
    assert "训练数据里有吗" in words.inner_text("#words .alike")


def test_odd_texts_are_answered_or_told(words) -> None:
    """Typed one after another into the page; the next request works each time."""
    choose(words, "textvae")
    field = "#words [data-control=sentence]"
    for odd in ("\U0001f600\U0001f415", "שלום", "жжж", "<img src=x onerror=alert(1)>", "   "):
        words.fill(field, odd)
        words.wait_for_function(
            f"""(odd) => JSON.parse(document.querySelector('{STAGE}').dataset.request)
              .controls.sentence === odd""",
            arg=odd.strip(),  # spaces alone are no text
        )
        assert words.locator("#words [data-part=text] img").count() == 0
    words.fill(field, "a b")
    words.wait_for_function(
        f"""() => JSON.parse(document.querySelector('{STAGE}').dataset.request)
          .controls.sentence === 'a b'"""
    )


def test_what_a_person_stayed_with_is_kept_and_can_be_undone(words) -> None:
    slider = words.locator("#words input[type=range][data-control]:visible").first
    before = words.locator(STAGE).get_attribute("data-request-id")
    slider.evaluate(
        """e => {
          e.value = Number(e.value) < (+e.min + +e.max) / 2 ? e.max : e.min;
          e.dispatchEvent(new Event("input", {bubbles: true}));
        }"""
    )
    kept = words.wait_for_selector("#words [data-kept]")
    assert kept.get_attribute("data-kept") != before
    words.locator("#words [data-do=undo]").click()
    words.wait_for_function(
        "([stage, id]) => document.querySelector(stage).dataset.requestId === id",
        arg=[STAGE, before],
    )
    kept.click()
    words.wait_for_function(
        "([stage, id]) => document.querySelector(stage).dataset.requestId === id",
        arg=[STAGE, kept.get_attribute("data-kept")],
    )
