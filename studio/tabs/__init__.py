"""The tabs, one module each: `NAME`, `visible()` (whether there is a model for it), `build()`."""
