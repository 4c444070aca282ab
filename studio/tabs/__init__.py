"""The tabs, one module each: `NAME`, `visible()` and `build()`."""
