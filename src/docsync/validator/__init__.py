"""What contradicts: rules over a project, and the run that makes diagnostics of their findings."""
