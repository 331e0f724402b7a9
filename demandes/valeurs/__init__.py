"""A form's values. What a form or a record holds goes in; JSON to keep, or French to read, comes out."""
