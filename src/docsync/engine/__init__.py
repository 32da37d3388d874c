"""The rim of checking: find the files, read or remember them, join, validate, and put right what is generated."""
