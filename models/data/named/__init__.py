"""The named data sets, one module a domain: `SETS`."""
