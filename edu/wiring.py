"""What the kernel's own features put into the app."""

from flask import Flask

from edu.accounts import views as accounts
from edu.tenancy import views as tenancy


def wire(app: Flask) -> None:
    """Register the kernel's pages, menus and commands."""
    tenancy.init_app(app)
    app.register_blueprint(accounts.bp)
    app.register_blueprint(tenancy.bp)
