"""One file to its facts: pure, picklable, knowing only that file and the configuration."""
