"""A web address given on the command line, through the real service, to a document with its url."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.service import Townbook
from assistant.settings import Settings
from corpus.errors import UsageError
from tests.corpus.web.fakes import article
from tests.corpus.web.site import Site, serving
from tests.index.fakes import HashingEncoder


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with serving() as one:
        one.put("/lamps", article("Lamps", "Ghent mends lamps every Thursday evening."))
        yield one


def run(home: Path, *argv: str, allowed: str = "127.0.0.1") -> int:
    return main(
        argv,
        open_service=lambda settings: Townbook(settings, HashingEncoder()),
        environ={"TOWNBOOK_HOME": str(home), "TOWNBOOK_ALLOW_HOSTS": allowed},
    )


def test_an_address_is_refreshed_shown_with_its_url_and_asked_after_the_next_time(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"{site.url}/lamps"
    assert run(tmp_path, "refresh", url, "--json") == 0
    assert json.loads(capsys.readouterr().out)["added"] == 1
    assert run(tmp_path, "show", url.removeprefix("http://"), "--json") == 0
    assert json.loads(capsys.readouterr().out)["url"] == url
    assert run(tmp_path, "refresh", "--json") == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] == 1
    assert site.statuses_of("/lamps") == [200, 304]
    assert run(tmp_path, "sources", "--json") == 0
    assert json.loads(capsys.readouterr().out) == [url]
    assert run(tmp_path, "sources", "remove", url) == 0
    assert run(tmp_path, "refresh", "--json") == 0
    assert json.loads(capsys.readouterr().out)["removed"] == 1
    assert list((tmp_path / "fetched").iterdir()) == []


def test_an_address_in_a_local_network_is_refused_by_default(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (("refresh",), ("sources", "add")):
        assert run(tmp_path, *command, f"{site.url}/lamps", allowed="") == 2
        assert "TOWNBOOK_ALLOW_HOSTS" in capsys.readouterr().err
    assert run(tmp_path, "sources", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []
    assert site.asked == []


def test_an_address_is_remembered_without_being_asked(tmp_path: Path) -> None:
    townbook = Townbook(Settings(tmp_path / "home"), HashingEncoder())
    assert townbook.add_source("https://city.example/feed.xml#top")
    assert not townbook.add_source("HTTPS://city.example/feed.xml")
    assert townbook.sources() == ["https://city.example/feed.xml"]
    with pytest.raises(UsageError, match=r"10\.0\.0\.1 is not public"):
        townbook.add_source("http://10.0.0.1/")
    assert townbook.remove_source("https://CITY.example/feed.xml")
