"""What the commits of a repository did to a project, read from git's objects alone."""
