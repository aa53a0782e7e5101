# Applying: my pages, the wizard, attendance, signing.
