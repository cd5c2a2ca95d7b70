"""The web app: server-rendered pages, fragments by htmx, TypeScript for map, charts and paint."""
