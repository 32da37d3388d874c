"""What is done to records on purpose: fields set, work started, blocked, put off and resolved, criteria ticked."""
