"""Sounds as WAV, FLAC and OGG, out and in. Their comment tag carries the request."""

from __future__ import annotations

import base64
import io
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

from models.values import Moment, Sound
from studio.media.errors import MediaError
from studio.media.readers import SOUNDS, check_size, sniff
from studio.media.statement import TOOL, Statement
from studio.raw import pack
from studio.sentences import shown

if TYPE_CHECKING:
    import soundfile

FORMS = {"wav": "audio/wav", "flac": "audio/flac", "ogg": "audio/ogg"}
SHORT = 4.0  # seconds up to which the page gets a WAV; FLAC is half the size and slower to make
BLOCK = 65_536  # samples that are read at once
FASTEST, SLOWEST = 384_000, 2_000  # samples a second that are read
CHANNELS = 16
AUDIBLE = 1e-4  # peak below which a recording counts as silent: -80 dB


def encode(sound: Sound, form: str, statement: Statement) -> bytes:
    """A sound, of one channel or (n, channels), -> bytes of a file, the same ones every time; 16
    bits (OGG: Vorbis)."""
    file = _written(sound, form, statement)
    return _same_serial(file) if form == "ogg" else file


def show(sound: Sound) -> dict[str, Any]:
    """A sound -> {sound: data URL, rate, seconds}, without tags; of read speech the moments of its
    words too, [[start, end, begins, ends]]."""
    seconds = len(sound.samples) / sound.rate
    form = "wav" if seconds <= SHORT else "flac"
    data = base64.b64encode(_written(sound, form)).decode("ascii")
    return {
        "sound": f"data:{FORMS[form]};base64,{data}",
        "rate": sound.rate,
        "seconds": round(seconds, 3),
        **({"moments": [_rounded(m) for m in sound.moments]} if sound.moments else {}),
    }


def _rounded(moment: Moment) -> list[float]:
    return [moment.start, moment.end, round(moment.begins, 3), round(moment.ends, 3)]


def decode(data: bytes, name: str, limit: int) -> Sound:
    """A person's WAV, FLAC, OGG, MP3 or AIFF -> one channel at the file's own rate.

    MediaError where it is no sound, broken, longer than `limit` seconds or silent. Channels are
    mixed evenly; resampling is left to the family (`models.data.sounds.resample`).
    """
    import soundfile

    check_size(data, name)
    what = shown(name, 80)
    if sniff(data, name) not in SOUNDS:
        raise MediaError(
            f"{what} is no sound: drop a WAV, FLAC, OGG or MP3.",
            f"{what} 不是声音文件:请拖入 WAV、FLAC、OGG 或 MP3。",
        )
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as file:
            _check(file, what, limit)
            samples = _mixed(file, what, limit)
            rate = file.samplerate
    except MediaError:
        raise
    except (soundfile.SoundFileError, RuntimeError, ValueError, TypeError):
        raise MediaError(
            f"{what} is damaged or was cut off: the sound cannot be read.",
            f"{what} 已损坏或不完整:无法读取声音。",
        ) from None
    samples = np.nan_to_num(samples, posinf=0.0, neginf=0.0).clip(-8, 8)
    if np.abs(samples).max(initial=0.0) < AUDIBLE:
        raise MediaError(f"{what} is silent.", f"{what} 没有声音。")
    return Sound(samples, rate)


def _written(sound: Sound, form: str, statement: Statement | None = None) -> bytes:
    import soundfile

    samples = (np.asarray(sound.samples).clip(-1, 1) * 32767).round().astype(np.int16)
    out = io.BytesIO()
    kind = ("OGG", "VORBIS") if form == "ogg" else (form.upper(), "PCM_16")
    channels = 1 if samples.ndim == 1 else samples.shape[1]
    with soundfile.SoundFile(out, "w", sound.rate, channels, kind[1], format=kind[0]) as file:
        if statement:
            file.title = f"{TOOL}: generated sound"
            file.copyright = statement.terms
            file.comment = f"{statement.words} {tag(statement.request)}"
        if form == "ogg":  # long pieces at once overflow the stack of libsndfile's Vorbis
            for start in range(0, len(samples), BLOCK):
                file.write(samples[start : start + BLOCK])
        else:
            file.write(samples)
    return out.getvalue()


def tag(request: str) -> str:
    """The request as it stands in a comment: no character that a tag would change."""
    return f"<studio:request>{pack(request)}</studio:request>"


def _check(file: soundfile.SoundFile, what: str, limit: int) -> None:
    """Refuse by the header, before anything is unpacked."""
    if not SLOWEST <= file.samplerate <= FASTEST or file.channels > CHANNELS:
        raise MediaError(
            f"{what} has {file.channels} channels at {file.samplerate} samples a second, which is "
            f"not read here: save it as an ordinary WAV.",
            f"{what} 为 {file.channels} 声道、每秒 {file.samplerate} 个采样,无法读取:"
            "请另存为普通 WAV。",
        )
    if file.frames > limit * file.samplerate:
        raise _too_long(what, limit)


def _mixed(file: soundfile.SoundFile, what: str, limit: int) -> np.ndarray:
    """All channels as one, (n,) float32; the header's length is not trusted."""
    parts, count = [], 0
    while len(part := file.read(BLOCK, dtype="float32", always_2d=True)):
        count += len(part)
        if count > limit * file.samplerate:
            raise _too_long(what, limit)
        parts.append(part.mean(1))
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def _too_long(what: str, limit: int) -> MediaError:
    return MediaError(
        f"{what} is longer than {limit} seconds: cut out the part that matters.",
        f"{what} 超过 {limit} 秒:请剪出需要的部分。",
    )


def _same_serial(ogg: bytes) -> bytes:
    """The same Ogg file with serial number 1: the library draws a new one for every file."""
    pages, at = bytearray(ogg), 0
    while at < len(pages):
        segments = pages[at + 26]
        end = at + 27 + segments + sum(pages[at + 27 : at + 27 + segments])
        pages[at + 14 : at + 18] = (1).to_bytes(4, "little")
        pages[at + 22 : at + 26] = bytes(4)
        pages[at + 22 : at + 26] = _ogg_sum(bytes(pages[at:end])).to_bytes(4, "little")
        at = end
    return bytes(pages)


def _ogg_sum(page: bytes) -> int:
    """Ogg's checksum: CRC-32 with zlib's polynomial, bits the other way round, no inversion."""
    turned = page.translate(TURNED)
    # zlib inverts before and after; a start of all ones cancels the first, the last is undone here
    found = zlib.crc32(turned, 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{found:032b}"[::-1], 2)


TURNED = bytes(int(f"{i:08b}"[::-1], 2) for i in range(256))
