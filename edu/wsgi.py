"""The app for a WSGI server: `gunicorn edu.wsgi:app`."""

from edu.app import create_app

app = create_app()
