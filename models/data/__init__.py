"""Data sets by name, with their licence; a person's own folder is one too.

`STUDIO_DATA` names the folder that holds them (default: `../shared/data` beside the checkout).
"""

from models.data.pictures import PictureSet, load_pictures
from models.data.sources import SOURCES, Source, data_folder

__all__ = ["SOURCES", "PictureSet", "Source", "data_folder", "load_pictures"]
