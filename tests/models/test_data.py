"""A person's own folder is read like a data set: any size and format, bad files left out."""

import io

import numpy as np
import pytest
from PIL import Image

from models.data import load_pictures
from models.data.pictures import FEWEST, fit


@pytest.fixture
def folder(tmp_path):
    rng = np.random.default_rng(0)
    for i in range(60):
        picture = rng.integers(0, 255, (20 + i, 40, 3), dtype=np.uint8)
        Image.fromarray(picture).save(tmp_path / f"p{i}.{('png', 'jpg', 'webp')[i % 3]}")
    (tmp_path / "broken.png").write_bytes(b"no picture")
    return tmp_path


def test_parts_do_not_overlap_and_are_complete(folder) -> None:
    parts = [load_pictures(str(folder), 16, part) for part in ("train", "all")]
    assert parts[0].pictures.shape[1:] == (3, 16, 16) and parts[0].pictures.dtype == np.uint8
    assert FEWEST <= len(parts[0]) < len(parts[1]) == 60


def test_too_few_and_missing_are_said_in_one_sentence(tmp_path) -> None:
    with pytest.raises(ValueError, match=rf"0 readable pictures.*at least {FEWEST}"):
        load_pictures(str(tmp_path), 16)
    with pytest.raises(FileNotFoundError, match="No data set and no folder is called"):
        load_pictures("nosuchthing", 16)


def test_a_named_set_that_is_not_there(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="set STUDIO_DATA"):
        load_pictures("cats", 16)


def test_fit_turns_upright_and_crops_the_middle() -> None:
    wide = Image.new("RGB", (30, 10), "red")
    wide.paste("blue", (10, 0, 20, 10))
    assert (fit(wide, 8, 3)[2] > 200).all()
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down
    turned = Image.new("RGB", (8, 8), "black")
    turned.paste("white", (0, 0, 8, 4))

    buffer = io.BytesIO()
    turned.save(buffer, "JPEG", exif=exif.tobytes(), quality=95)
    upright = fit(Image.open(buffer), 8, 1)
    assert upright[0, 6].mean() > 200 > 60 > upright[0, 1].mean()
