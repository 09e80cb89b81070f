"""How the desk looks: tokens, the stylesheet made of them, icons and typefaces."""
