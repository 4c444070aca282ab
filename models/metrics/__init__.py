"""How good a model is. One file for each measure; a family names the groups that it wants.

A group is a module with `rows(subject) -> list of rows`; see `subject.row` for what a row holds.
"""

GROUPS = {
    "eye": "models.metrics.eye",
    "answers": "models.metrics.answers",
    "language": "models.metrics.language",
    "latent_text": "models.metrics.latent_text",
    "conditions": "models.metrics.conditions",
    "alpha": "models.metrics.alpha",
    "reconstruction": "models.metrics.reconstruction",
    "restoration": "models.metrics.restoration",
    "smoothness": "models.metrics.smoothness",
    "listener": "models.metrics.listener",
    "spoken": "models.metrics.spoken",
    "translation": "models.metrics.translation",
    "text_gan": "models.metrics.text_gan",
    "manner": "models.metrics.manner",
    "several": "models.metrics.several",
}
