"""The join: all files' facts as one project, its records, graph, facts and evidence."""
