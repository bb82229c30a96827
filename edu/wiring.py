"""What the kernel's own features put into the app."""

from flask import Flask

from edu.accounts import views as accounts
from edu.search import wiring as search
from edu.storage import from_url
from edu.storage import service as storage
from edu.storage.views import bp as storage_bp
from edu.settings import in_force
from edu.tenancy import views as tenancy


def wire(app: Flask) -> None:
    """Register the kernel's pages, menus and commands."""
    settings = in_force()
    storage.use(from_url.from_url(settings.storage_url))
    with app.app_context():
        search.init(settings)
    app.register_blueprint(storage_bp)
    tenancy.init_app(app)
    app.register_blueprint(accounts.bp)
    app.register_blueprint(tenancy.bp)
