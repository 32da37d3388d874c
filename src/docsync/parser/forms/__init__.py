"""The forms in which a document mentions an entity: one module each."""
