"""The order in which the page offers models."""

from studio.parts.listing import listing


def test_the_first_picture_is_of_the_family_that_comes_first(tiny_root) -> None:
    names = [m["id"] for m in listing("picture")]
    assert names[0].startswith("pictures/dcgan") and names[-1].startswith("pictures/pca")
