"""What is wrong with a file, in one sentence."""

from studio.sentences import PersonError


class MediaError(PersonError):
    """A file that cannot be read or written."""
