"""A page in a browser, watched: what it asks for, and every fault it reports."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page


@dataclass
class Seen:
    """A page, with every address it asked for, what it brought back, and every fault it reported."""

    page: Page
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def elsewhere(self) -> list[str]:
        """Addresses on any other host than this machine."""
        own = ("http://127.0.0.1", "ws://127.0.0.1", "file:", "data:", "blob:", "about:")
        return [url for url in self.asked if not url.startswith(own)]

    def painted(self, title: str) -> str:
        """Waits until the map shows *title*; what is shown and chosen, as 'title|code'."""
        painted = self.page.locator(f"[data-painted^='{title}']")
        painted.wait_for(state="attached", timeout=60_000)
        return painted.get_attribute("data-painted")

    def rests(self) -> None:
        """Waits until the script has run, every map is painted and nothing is pale because it is about to be replaced."""
        self.page.locator("h1").first.wait_for()
        self.page.wait_for_function(RESTS)
        self.page.wait_for_timeout(400)
        self.page.wait_for_function(RESTS)


RESTS = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  return app?.dataset.testScriptState === 'notRunning' && !document.querySelector('[data-stale=true], [data-testid=stStatusWidget]')
    && document.querySelectorAll('.gm').length === document.querySelectorAll('[data-painted]').length;
}"""
WATCH = """document.addEventListener('securitypolicyviolation', (event) => {
  if (event.blockedURI !== 'wasm-eval') console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile || ''} ${event.sample || ''}`);
});"""  # Streamlit's message reader asks for WebAssembly, and goes without where it is refused


@contextlib.contextmanager
def looking(chromium: Browser, url: str, *, width: int = 1400, height: int = 1000, calm: bool = False) -> Iterator[Seen]:
    """The page at *url*, as a planner would open it who was here before: what never changes is not fetched again. calm: nothing moves or fades in."""
    context = chromium.contexts[0] if chromium.contexts else chromium.new_context()
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(reduced_motion="reduce" if calm else "no-preference")
    seen = Seen(page)
    page.on("request", lambda request: seen.asked.append(request.url))
    page.on("websocket", lambda socket: seen.asked.append(socket.url))
    page.add_init_script(WATCH)
    page.on("console", lambda told: seen.faults.append(told.text) if told.text.startswith("policy: ") else None)
    page.on("pageerror", lambda error: seen.faults.append(str(error)))
    page.on("dialog", lambda dialog: (seen.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.goto(url)
    try:
        yield seen
    finally:
        page.close()
