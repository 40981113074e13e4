"""The one path of a document: read, detect, plan, write and prove, each parser in a sandbox."""
