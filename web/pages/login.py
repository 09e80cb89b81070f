"""The login page. It is the only page a stranger sees, so it shows nothing of what is in the house."""

from __future__ import annotations

from html import escape

from web.theme.boot import head, theme_button
from web.theme.marks import MARK, icon
from web.theme.sheet import Sheet


def login_page(sheet: Sheet, name: str = "", next: str = "/", error: str = "") -> str:
    """The page as HTML; `error` is read out by screen readers."""
    notice = (
        f'<p class="login-error" role="alert">{icon("triangle-alert")}<span>{escape(error)}</span></p>' if error else ""
    )
    focus_name, focus_password = ("", " autofocus") if name else (" autofocus", "")
    return f"""<!doctype html>
<html lang="en">
<head><title>Sign in · Dailies</title>{head(sheet)}</head>
<body class="login-body">
<main class="login">
  <div class="login-in">
    <div class="login-top"><div class="word">{MARK}<span>Dailies</span></div>{theme_button()}</div>
    <form class="login-form" method="post" action="/login">
      <h1 class="hero">Watch the day’s clips.</h1>
      {notice}
      <label class="field"><span class="field-label">Name</span>
        <input class="input" name="name" value="{escape(name)}" autocomplete="username" autocapitalize="none"
          spellcheck="false" required maxlength="100"{focus_name}></label>
      <label class="field"><span class="field-label">Password</span>
        <input class="input" name="password" type="password" autocomplete="current-password" required
          maxlength="1000"{focus_password}></label>
      <input type="hidden" name="next" value="{escape(next)}">
      <button class="btn btn-primary btn-big" type="submit"><span>Sign in</span></button>
      <p class="faint small">No password yet? <code class="mono">python run.py user reset</code> prints a link that signs you
        in once.</p>
    </form>
    <p class="faint small">Nothing leaves this house unreviewed.</p>
  </div>
  <div class="login-pic" aria-hidden="true"><div class="strip">{_strip()}</div></div>
</main>
</body>
</html>"""


def _strip(count: int = 20, lit: int = 9) -> str:
    """Frames of film that show nothing: the real ones are for those who are signed in."""
    return "".join(
        f'<i class="frame f{number % 5}{" lit" if number == lit else ""}"><b></b><b></b></i>' for number in range(count)
    )
