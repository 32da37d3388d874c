"""Where records are defined, one module a form."""
