"""What people and programs touch: the desk (NiceGUI), the REST API, login and media."""
