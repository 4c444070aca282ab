"""The Voice tab: sounds under sliders, the drum machine, the phone number, own recordings."""

import base64
import io
import json
import zipfile

import numpy as np
import pytest
import soundfile

from models.registry import cards
from studio.media import read_request

STAGE = "#voice [data-part=sound]"
SETTLED = f"""() => {{
  const stage = document.querySelector("{STAGE}");
  return stage?.dataset.request && stage.dataset.asked === stage.dataset.shown;
}}"""
ASKED = f"JSON.parse(document.querySelector('{STAGE}').dataset.request).controls"
DROP = """([input, name, data]) => {
  const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  const box = new DataTransfer();
  box.items.add(new File([bytes], name));
  const zone = document.querySelector(`[data-drop=${input}]`);
  zone.dispatchEvent(new DragEvent("drop", { dataTransfer: box, bubbles: true, cancelable: true }));
}"""

needs_drums = pytest.mark.skipif("voice/cgan-drums" not in cards(), reason="not published")
needs_vae = pytest.mark.skipif("voice/vae-drums" not in cards(), reason="not published")


def enter(visit):
    page = visit()
    page.get_by_role("tab", name="Voice").click()
    page.wait_for_selector(STAGE, state="visible")
    settled(page)
    return page


def settled(page) -> dict:
    page.wait_for_function(SETTLED)
    return json.loads(page.locator(STAGE).get_attribute("data-request"))


def wav(samples: np.ndarray, rate: int = 22_050) -> str:
    out = io.BytesIO()
    soundfile.write(out, samples, rate, "PCM_16", format="WAV")
    return base64.b64encode(out.getvalue()).decode()


@needs_drums
def test_sliders_and_choices_change_the_sound_and_the_file_carries_them(visit) -> None:
    page = enter(visit)
    page.locator("#voice input[name=model][value='voice/cgan-drums']").check(force=True)
    page.locator("#voice select[data-control=class]").select_option("kick")
    page.locator("#voice input[type=range][data-control=tune]").fill("-5")
    page.wait_for_function(
        f"() => JSON.parse(document.querySelector('{STAGE}').dataset.request).controls.tune === -5"
    )
    request = settled(page)
    assert request["model"] == "voice/cgan-drums" and request["controls"]["class"] == "kick"
    drawn = page.evaluate(
        """() => {
          const canvas = document.querySelector("#voice canvas");
          const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          return new Set(data).size;
        }"""
    )
    assert drawn > 20, "wave and spectrogram are there"
    with page.expect_download() as taken:
        page.locator("#voice [data-do=download]").click()
    content = taken.value.path().read_bytes()
    carried = read_request(content, "kick.wav")
    assert carried["controls"]["tune"] == -5 and carried["model"] == request["model"]
    assert soundfile.info(io.BytesIO(content)).samplerate == 16_000


@needs_drums
def test_pads_are_hit_thrown_anew_and_taken_home(visit) -> None:
    page = enter(visit)
    pad = page.locator("#voice [data-pad='0']")
    pad.click()
    page.wait_for_selector("#voice [data-pad='15'][data-ready]")
    before = pad.get_attribute("data-ready")
    page.keyboard.press("w")
    page.wait_for_selector("#voice [data-pad='5'].hit")
    page.locator("#voice [data-roll='0']").click()
    page.wait_for_selector(f"#voice [data-pad='0'][data-ready]:not([data-ready='{before}'])")
    with page.expect_download() as taken:
        page.locator("#voice [data-do=kit]").click()
    with zipfile.ZipFile(taken.value.path()) as archive:
        hits = [n for n in archive.namelist() if n.endswith(".wav")]
        assert len(hits) == 16
        first = read_request(archive.read(hits[0]), hits[0])
    assert first["controls"]["class"] == "kick" and str(first["seed"]) != before


@needs_vae
def test_own_recordings_are_taken_in_and_bad_ones_told(visit) -> None:
    page = enter(visit)
    page.locator("#voice input[name=model][value='voice/vae-drums']").check(force=True)
    page.wait_for_selector("#voice [data-drop=own-sound]")
    assert "your own voice" in page.locator("#voice .law").inner_text()
    noise = np.random.RandomState(0).randn(6000) * np.exp(-np.arange(6000) / 900) * 0.2
    page.evaluate(DROP, ["own-sound", "mine.wav", wav(noise)])
    page.wait_for_selector("#voice [data-do=leave-sound]")
    page.wait_for_function(
        f"() => JSON.parse(document.querySelector('{STAGE}').dataset.request).inputs.sound"
    )
    assert settled(page)["inputs"]["sound"]["name"] == "mine.wav"
    picture = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(64)).decode()
    page.evaluate(DROP, ["own-other", "picture.wav", picture])
    page.wait_for_function(
        f"() => document.querySelector('{STAGE} .note').textContent.includes('is no sound')"
    )
    page.locator("#voice [data-do=leave-other]").click()
    page.wait_for_function(
        f"() => !document.querySelector('{STAGE} .note').classList.contains('bad')"
    )


@pytest.mark.skipif(
    not any("spoken-digits" in name for name in cards()), reason="no model speaks digits"
)
def test_a_phone_number_is_spoken_digit_by_digit(visit) -> None:
    page = enter(visit)
    page.locator("#voice [data-phone=text]").fill("42 7")
    page.locator("#voice [data-do=speak]").click()
    page.wait_for_selector("#voice .said[data-said='427']")
    page.locator("#voice [data-phone=text]").fill("no")
    page.locator("#voice [data-do=speak]").click()
    page.wait_for_selector("#voice [data-part=phone] .note.bad")


@pytest.mark.skipif("voice/speech-lj" not in cards(), reason="not published")
def test_a_text_is_read_and_the_word_that_is_heard_is_marked(visit) -> None:
    page = enter(visit)
    page.locator("#voice input[name=model][value='voice/speech-lj']").check(force=True)
    text = "Dr. Lee paid $1,250 on 3 May 2024. He was slow."
    page.locator("#voice-text").fill(text)
    page.locator("#voice [data-do=read]").click()
    page.wait_for_selector("#voice .speaking mark")
    assert page.locator("#voice .words").inner_text() == text
    page.wait_for_function(f"() => {ASKED}.text === {json.dumps(text)}")
    page.locator("#voice input[type=range][data-control=pitch]").fill("-4")
    page.locator("#voice input[type=range][data-control=speed]").fill("0.8")
    page.wait_for_function(f"() => {ASKED}.speed === 0.8")
    assert settled(page)["controls"]["pitch"] == -4
    page.locator("#voice [data-do=hush]").click()
    page.wait_for_selector("#voice .reading:not(.speaking)")
    page.locator("#voice [data-form=sound]").select_option("ogg")
    with page.expect_download() as taken:
        page.locator("#voice [data-do=download]").click()
    carried = read_request(taken.value.path().read_bytes(), "voice.ogg")
    assert carried["controls"]["text"] == text
    for bad, sentence in (
        ("你好", "English only"),
        ("", "nothing to read"),
        ("a" * 2500, "at most"),
    ):
        page.locator("#voice-text").fill(bad)
        page.locator("#voice [data-do=read]").click()
        page.wait_for_function(
            f"() => document.querySelector('{STAGE} .note').textContent.includes('{sentence}')"
        )
