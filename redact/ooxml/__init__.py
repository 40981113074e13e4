"""The formats of Microsoft Office: docx, xlsx, pptx."""
