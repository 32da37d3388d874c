"""What docsync would make of documents that nobody prepared: their homes, words, regions and bindings, with reasons."""
