"""Pages are read the same, whichever of the two ways of reading them is taken."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from navbook.disclosure.audit.html_parser import FastHTMLParser

NAMES = st.sampled_from(["p", "TD", "svg", "path", "img", "script", "style", "a-b", "x:y"])
TEXTS = st.text(alphabet="ab1 <>&;\"'=/-!\n\u00a0é", max_size=12)
VALUES = st.text(alphabet="ab1 <&;'=/-\n{}", max_size=8)
ATTRIBUTES = st.lists(st.tuples(st.sampled_from(["data-enhet", "D", "alt"]), st.none() | VALUES), max_size=3)


@st.composite
def tags(draw: st.DrawFn) -> str:
    given = "".join(f" {name}" if value is None else f' {name}="{value}"' for name, value in draw(ATTRIBUTES))
    name = draw(NAMES)
    if name in ("script", "style"):
        return f"<{name}{given}>{draw(VALUES)}</{name}>"
    return draw(st.sampled_from([f"<{name}{given}>", f"<{name}{given}/>", f"</{name}>"]))


PARTS = st.one_of(tags(), TEXTS, st.sampled_from(["<!-- 12 -->", "<!doctype html>", "<?xml 1?>", "&amp;#8;"]))


class Noting:
    """Notes what a reader calls its handlers with, texts in a row together."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[object, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.heard.append(("start", tag, *attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.heard.append(("alone", tag, *attrs))

    def handle_endtag(self, tag: str) -> None:
        self.heard.append(("end", tag))

    def handle_data(self, data: str) -> None:
        before = self.heard.pop()[1] if self.heard and self.heard[-1][0] == "text" else ""
        self.heard.append(("text", f"{before}{data}"))


class Quick(Noting, FastHTMLParser):
    pass


class Standard(Noting, HTMLParser):
    def read(self, text: str) -> None:
        self.feed(text)
        self.close()


@given(st.lists(PARTS, max_size=8).map("".join))
def test_a_page_is_read_as_the_standard_library_reads_it(page: str) -> None:
    quick, standard = Quick(), Standard()
    quick.read(page)
    standard.read(page)
    assert quick.heard == standard.heard


def test_a_sound_page_needs_no_help() -> None:
    class OnlyQuick(Quick):
        def feed(self, _data: str) -> None:
            raise AssertionError("read by the standard library")

    reader = OnlyQuick()
    reader.read("<!doctype html>\n<p class=\"a\" data-x='1' hidden>5 &lt; 6<br/><script>a<b</script></p>")
    assert [each[0] for each in reader.heard] == [
        "text",
        "start",
        "text",
        "alone",
        "start",
        "text",
        "end",
        "end",
    ]
