"""Issues in JSON Lines, brought into a project as records: new ones made, known ones updated, nothing taken away."""
