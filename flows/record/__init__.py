"""The review record (审查表) of a case, as a form, a PDF and a Word document."""
