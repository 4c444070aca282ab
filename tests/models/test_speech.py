"""Text to speech and its vocoder: what sliders do to a sound, and that both learn."""

from __future__ import annotations

import json
from functools import lru_cache
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile
import torch

from models.answer import answer, default_asked
from models.family import UnfitError
from models.golden import example
from models.layers.pitch import sharpened, track
from models.layers.vocoder import Vocoder, evened, pulses, smooth_pitch
from models.layers.voice_config import VoiceConfig
from models.learning.job import Job
from models.learning.spectral import Resolutions, apart
from models.metrics.spoken import aligned, edits, interval
from models.registry import families
from models.train import main as train
from models.values import Sound
from models.voice.speech.network import Manner, spread_out
from models.voice.vocoder.critic import Critics, praise
from models.voice.vocoder.learning import Pieces, begin_within_speech, criticised
from models.weights import load_network, publish_tiny

TEXT = "Dr. Lee paid $12. He left."


@lru_cache(maxsize=2)
def tiny(name: str):
    family = families()[name]
    config = family.tiny()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = family.build(config)
    return family, config, network


def say(seed: int = 1, **controls) -> Sound:
    family, config, network = tiny("voice/speech")
    asked = default_asked(family, config, seed, **{"text": TEXT, **controls})
    with torch.inference_mode():
        return answer(network, family, config, [asked])[0]


def again(sound: Sound, **controls) -> Sound:
    family, config, network = tiny("voice/vocoder")
    asked = default_asked(family, config, 1, **controls)._replace(inputs={"sound": sound})
    with torch.inference_mode():
        return answer(network, family, config, [asked])[0]


def test_every_control_is_heard() -> None:
    plain = say()
    assert plain.rate == 8000 and np.isfinite(plain.samples).all()
    moved = {"pitch": 5.0, "energy": 6.0, "place": [2.0, -1.0], "spread": 0.0, "breath": 12.0}
    for control, value in moved.items():
        other = say(**{control: value})
        same = len(other.samples) == len(plain.samples)
        assert not same or np.abs(other.samples - plain.samples).max() > 1e-3, control
    assert not np.array_equal(say(2).samples, plain.samples)
    assert np.array_equal(say().samples, plain.samples)


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.5, 2.0])
def test_speed_is_what_was_asked_for(speed) -> None:
    text = "The quick brown fox jumps over the lazy dog, and then it sleeps until the morning."
    plain, other = say(text=text), say(text=text, speed=speed)
    assert len(plain.samples) / len(other.samples) == pytest.approx(speed, rel=0.03)


def test_words_are_heard_one_after_another() -> None:
    sound = say()
    heard = [TEXT[m.start : m.end] for m in sound.moments]
    assert heard == ["Dr", "Lee", "paid", "$12", "He", "left"]
    times = [t for m in sound.moments for t in (m.begins, m.ends)]
    assert times == sorted(times) and times[-1] <= len(sound.samples) / sound.rate


def test_words_that_are_dropped_or_repeated_are_counted() -> None:
    sound = say()
    assert aligned(TEXT, sound)[:2] == (0, 0)
    assert aligned(TEXT, sound)[2].startswith("Dr 0.")
    first, *others = sound.moments
    assert aligned(TEXT, sound._replace(moments=tuple(others)))[:2] == (1, 0)
    assert aligned(TEXT, sound._replace(moments=(first, first, *others)))[:2] == (0, 1)


def test_pitch_is_moved_as_a_whole(monkeypatch) -> None:
    _, _, network = tiny("voice/speech")
    contours = []
    plain = network.sound
    monkeypatch.setattr(network, "sound", lambda *x: (contours.append(x[1]), plain(*x))[1])
    say(text="He left.")
    say(text="He left.", pitch=6.0)
    assert torch.allclose(contours[1] - contours[0], torch.tensor(0.5), atol=1e-5)


def test_a_sentence_alone_sounds_as_within_the_text() -> None:
    whole, parts = say(), [say(text="Dr. Lee paid $12."), say(text="He left.")]
    assert np.array_equal(whole.samples, np.concatenate([p.samples for p in parts]))


@pytest.mark.parametrize("text", ["", "😀", "你好"])
def test_what_cannot_be_read_is_told(text) -> None:
    with pytest.raises(UnfitError):
        say(text=text)


def test_pulses_have_the_pitch_and_the_power() -> None:
    made = pulses(torch.full((2, 65), 210.0), 64, 8000, torch.tensor([0.0, 0.5]))
    assert made.shape == (2, 64 * 64)
    assert float(made[:, 200:-200].square().mean()) == pytest.approx(1, rel=0.15)
    spectrum = torch.fft.rfft(made[0] * torch.hann_window(len(made[0]))).abs()
    strongest = int(spectrum[5:130].argmax() + 5) * 8000 / len(made[0])
    assert strongest == pytest.approx(210, abs=3)


def test_pitch_runs_on_through_silence() -> None:
    pitch, hums = smooth_pitch(np.array([0, 100, 0, 0, 200, 0], np.float32))
    assert hums.tolist() == [0, 1, 0, 0, 1, 0] and (np.diff(pitch) >= 0).all()
    assert (smooth_pitch(np.zeros(4, np.float32))[0] > 0).all()


def test_before_it_learned_the_vocoder_gives_the_envelope_back() -> None:
    torch.manual_seed(0)
    config = VoiceConfig(rate=8000, window=256, hop=64, bands=32)
    vocoder = Vocoder(config).eval()
    drawn = torch.Generator().manual_seed(0)
    noise = torch.randn(1, 64 * 80, generator=drawn)
    real = torch.nn.functional.conv1d(noise[None], torch.hann_window(9)[None, None], padding=4)[0]
    mels = vocoder.mel(0.05 * real)
    pitch = torch.full(mels.shape[:2], 150.0)
    with torch.no_grad():
        shapes = vocoder.shape(mels, pitch, torch.zeros_like(pitch))
        made = vocoder(shapes, pulses(pitch, 64, 8000, torch.zeros(1)), noise)
    off = (vocoder.mel(made) - mels)[:, 4:-4].abs().mean()
    assert made.shape == real.shape and off < 0.6


def test_a_recording_keeps_its_length_and_changes_its_speed() -> None:
    tone = example("sound")
    plain, slow = again(tone), again(tone, speed=0.5)
    assert len(plain.samples) == pytest.approx(len(tone.samples) / 2, abs=64)  # 16 kHz to 8 kHz
    assert len(slow.samples) == pytest.approx(2 * len(plain.samples), rel=0.03)
    assert np.isfinite(again(Sound(np.zeros(900, np.float32), 8000)).samples).all()


def test_pitch_is_found_in_a_hum() -> None:
    time = np.arange(12_000) / 24_000
    hum = sum(np.sin(2 * np.pi * 220 * k * time) / k for k in range(1, 9)).astype(np.float32)
    found = track(hum / 4, 24_000, 256)
    assert len(found) == 1 + 12_000 // 256
    assert np.median(found[found > 0]) == pytest.approx(220, rel=0.01)


def test_a_coarse_pitch_is_sharpened() -> None:
    time = np.arange(24_000) / 24_000
    true = 200 + 30 * np.sin(2 * np.pi * 1.5 * time)
    phase = 2 * np.pi * np.cumsum(true) / 24_000
    hum = sum(np.sin(k * phase) / k for k in range(1, 10)).astype(np.float32)
    frames = true[::256]
    coarse = (frames * 1.006 ** np.array([(-1) ** i for i in range(len(frames))])).astype(
        np.float32
    )
    coarse[:10] = 0
    found = sharpened(hum, 24_000, 256, coarse)
    assert (found[:10] == 0).all()
    assert np.abs(found / frames - 1)[12:-4].mean() < 0.0015


def test_frames_belong_to_their_phonemes() -> None:
    lengths = torch.tensor([[2, 0, 3]])
    owner, place = spread_out(lengths, torch.tensor([[0.0, 5.0, 1.0]]), 5)
    assert owner.tolist() == [[0, 0, 2, 2, 2]]
    assert torch.allclose(place[0, 3, :1], torch.zeros(1)) and place[0, 3, 2] == 1.0


def test_manner_survives_its_scaling() -> None:
    manner = Manner(*torch.rand(4, 2, 3))
    for before, after in zip(manner, Manner.unstacked(manner.stacked()), strict=True):
        assert torch.allclose(before, after, atol=1e-6)


def test_two_noises_of_one_shape_are_closer_than_another_shape() -> None:
    listen = Resolutions()
    drawn = torch.Generator().manual_seed(0)
    loud, alike, soft = torch.randn(3, 1, 4096, generator=drawn)
    assert apart(listen(loud), listen(alike)) < apart(listen(loud), listen(0.1 * soft))
    assert apart(listen(loud), listen(loud)) == 0


def test_error_rates() -> None:
    assert edits(["a", "b", "c", "d"], ["a", "x", "c"]) == (1, 1, 0)
    assert edits(["a", "b"], ["a", "a", "b"]) == (0, 0, 1)
    assert edits([], []) == (0, 0, 0)
    ours, theirs = np.array([[1, 1, 0, 10]] * 30), np.array([[0, 0, 1, 10]] * 30)
    assert interval(ours, theirs) == (2.0, 2.0)


@pytest.fixture
def reader(tmp_path, monkeypatch):
    """A folder of hums with texts, and a place for runs."""
    monkeypatch.setenv("STUDIO_LEDGER", str(tmp_path / "ledger.jsonl"))
    for module in ("learning.pause", "data.speech", "voice.speech.lessons"):
        monkeypatch.setattr(f"models.{module}.RUNS", tmp_path / "runs")
    folder = tmp_path / "reader"
    (folder / "audio").mkdir(parents=True)
    drawn = np.random.RandomState(0)
    lines = ["id\tsplit\ttext"]
    for i in range(24):
        time = np.arange(6000) / 8000
        hum = np.sin(2 * np.pi * (150 + 5 * i) * time) * (0.1 + 0.1 * np.sin(20 * time))
        soundfile.write(folder / "audio" / f"{i}.wav", hum + 0.01 * drawn.randn(6000), 8000)
        lines.append(f"{i}\t{'train' if i < 16 else 'valid'}\tOh no, a cat {i}.")
    (folder / "transcripts.tsv").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["voice/vocoder", "voice/speech"])
def test_it_learns_from_an_own_folder(name, reader, tmp_path, capsys) -> None:
    words = [name, "--data", str(reader), "--minutes", "3", "--steps", "3", "--tiny"]
    assert train([*words, "--set", "frames=32"] if name == "voice/vocoder" else words) == 0
    run = tmp_path / "runs" / f"{name.replace('/', '-')}-reader"
    assert (run / "sheet.png").exists() and json.loads((run / "job.json").read_text())
    assert train(["voice/vocoder", "--data", str(tmp_path), "--minutes", "1", "--tiny"]) == 2
    assert "transcripts.tsv" in capsys.readouterr().err


def test_critics_join_a_vocoder_later(reader, tmp_path) -> None:
    words = ["voice/vocoder", "--data", str(reader), "--minutes", "3", "--steps", "2", "--tiny"]
    words += ["--set", "frames=32"]
    assert train(words) == 0
    assert train([*words, "--resume", "--set", "alone=0", "--set", "careful=1"]) == 0
    state = torch.load(tmp_path / "runs" / "voice-vocoder-reader" / "state.pt", weights_only=True)
    assert state["step"] == 4 and state["parts"]["learns_c"]["state"], "critics have learned"


def test_a_lost_vocoder_begins_within_the_published_speech(tmp_path, monkeypatch) -> None:
    card = publish_tiny(families()["voice/speech"], tmp_path, "reader")
    monkeypatch.setattr("models.voice.vocoder.learning.cards", lambda: {card.id: card})
    monkeypatch.setattr("models.learning.job.cards", lambda: {card.id: card})
    known = load_network(card).vocoder.state_dict()
    family, config, _ = tiny("voice/vocoder")
    for resume in (True, False):
        network = family.build(config)
        job = Job(
            family, config, family.Recipe(alone=7.0), "reader", 1.0, torch.device("cpu"), resume,
            tmp_path,
        )  # fmt: skip
        begin_within_speech(job, [network])
        same = all(torch.equal(a, known[name]) for name, a in network.state_dict().items())
        assert same is resume and job.spent == (7.0 if resume else 0.0)


def test_the_ripple_of_harmonics_over_bands_is_evened_out() -> None:
    slope = torch.linspace(-1, 1, 40).expand(1, 3, 40)
    ripple = 0.5 * torch.cos(torch.arange(40) * torch.pi)  # up and down from band to band
    assert torch.allclose(evened(slope)[..., 3:-3], slope[..., 3:-3], atol=1e-5)
    left = (evened(slope + ripple) - evened(slope)).abs()[..., 3:-3].mean()
    assert 0.1 < left / 0.5 < 0.45, "most of the ripple goes, the envelope stays"
    _, _, vocoder = tiny("voice/vocoder")
    pitch, hums = torch.full((1, 3), 200.0), torch.ones(1, 3)
    mels = torch.randn(1, 3, 16, generator=torch.Generator().manual_seed(0))
    found = vocoder.shaped(vocoder.find(evened(mels), pitch, hums), evened(mels))
    assert torch.equal(vocoder.shape(mels, pitch, hums), found)


def test_pieces_take_mels_that_were_written() -> None:
    data = SimpleNamespace(clips=[np.zeros(64 * 40, np.float32)], pitch=[np.zeros(41, np.float32)])
    pieces = Pieces(data, 64)
    assert pieces.draw(2, 8, "cpu", 1.0)[3].isnan().all(), "nobody has written any"
    pieces.written = [torch.arange(41.0)[:, None].expand(41, 3)]
    mels = pieces.draw(4, 8, "cpu", 1.0)[3]
    assert mels.shape == (4, 9, 3) and (mels.diff(dim=1) == 1).all()
    assert pieces.draw(4, 8, "cpu", 0.0)[3].isnan().all()


def test_critics_find_out_what_is_real() -> None:
    torch.manual_seed(0)
    critics = Critics()
    learns = torch.optim.Adam(critics.parameters(), 3e-3)
    time = torch.arange(2048) / 8000
    real, made = torch.sin(2 * torch.pi * 400 * time).repeat(2, 1), 0.5 * torch.randn(2, 2048)
    first, _ = criticised(critics, learns, real, made)
    for _ in range(20):
        last, noticed = criticised(critics, learns, real, made)
    assert last < 0.7 * first
    doubt, unlike = praise(noticed, critics(real))
    worse, further = praise(noticed, critics(made))
    assert doubt < worse and unlike < further
