"""Makes clips: what is due (`plan/`), who does it (dispatcher, worker), how (`engines/`, `render/`), how well (`checks/`)."""
