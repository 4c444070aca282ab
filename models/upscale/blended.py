"""Upscalers whose one control goes between two sets of weights (Wang et al., "ESRGAN: Enhanced
Super-Resolution Generative Adversarial Networks", 2018, arXiv 1809.00219, section 3.4)."""

from __future__ import annotations

from models.family import Slider
from models.layers.enlarge import THOROUGH, enlarged
from models.upscale.cnn.family import Cnn


class Blended(Cnn):
    """`blend` is the control: 0 is the light CNN that the network began as, 1 what it learned."""

    blend: Slider

    def controls(self, config):
        return (self.blend, THOROUGH)

    def build(self, config):
        from models.layers.blend import Blend
        from models.layers.upscaler import Upscaler

        return Blend(lambda: Upscaler(config.wide, config.depth, config.scale)).eval()

    def generate(self, network, config, asked, noise):
        return [
            picture
            for a in asked
            for picture in enlarged(
                network, [a], config.scale, noise.device, float(a.controls[self.blend.name])
            )
        ]
