"""The Library as people use it: sources, articles handed in, what changed, what is damaged."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest

from assistant.incoming import MAX_ARTICLE_BYTES
from tests.ui.browsing import WAIT

FILES = "#upload-files"
DROP = """(files) => {
  const data = new DataTransfer();
  for (const [name, text] of files) data.items.add(new File([text], name));
  const place = document.querySelector('.drop p');
  for (const kind of ['dragover', 'drop']) {
    const how = { dataTransfer: data, bubbles: true, cancelable: true };
    place.dispatchEvent(new DragEvent(kind, how));
  }
}"""


def text_file(name: str, text: str = "Words.") -> dict[str, Any]:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def open_library(here: Any) -> Any:
    page = here.page
    page.get_by_role("tab", name="Library").click()
    page.locator("#library-sources table").wait_for(timeout=WAIT)
    return page


def outcome_of(page: Any, name: str, outcome: str) -> Any:
    row = page.locator(f"#upload-files-list li[data-outcome={outcome}]", has_text=name)
    row.wait_for(timeout=WAIT)
    return row


def test_a_source_is_added_and_the_line_is_empty_for_the_next(visit: Any, service: Any) -> None:
    here = visit(service)
    page = open_library(here)
    line = page.get_by_label("Add a source")
    line.fill("https://lindholm.example/feed")
    page.keyboard.press("Enter")
    page.locator("#adding-said .told").wait_for(timeout=WAIT)
    assert "is remembered" in page.locator("#adding-said").inner_text()
    assert "lindholm.example/feed" in page.locator("#library-sources").inner_text()
    assert service.remembered == ["<articles>", "https://lindholm.example/feed"]
    page.wait_for_function("document.querySelector('#new-source').value === ''", timeout=WAIT)
    assert here.complaints == []


def test_a_source_that_is_not_there_is_refused_in_place_and_can_be_corrected(
    visit: Any, service: Any
) -> None:
    page = open_library(visit(service))
    page.get_by_label("Add a source").fill("/srv/nowhere")
    page.get_by_role("button", name="Add", exact=True).click()
    told = page.locator("#adding-said .trouble")
    told.wait_for(timeout=WAIT)
    assert [told.locator("dt").nth(n).inner_text() for n in range(3)] == [
        "Found",
        "Expected",
        "What to do",
    ]
    assert "check the path" in told.inner_text()
    line = page.locator("#new-source")
    page.wait_for_function(
        "document.querySelector('#new-source').getAttribute('aria-invalid') === 'true'",
        timeout=WAIT,
    )
    assert line.input_value() == "/srv/nowhere"
    assert service.remembered == ["<articles>"]


def test_a_source_is_removed_after_a_question_and_the_focus_stays_with_the_list(
    visit: Any, service: Any, picture: Any
) -> None:
    service.remembered.append("/srv/<b>old</b>")
    here = visit(service)
    page = open_library(here)
    button = page.get_by_role("button", name="Remove /srv/<b>old</b>")
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog.confirm[open]")
    dialog.wait_for(timeout=WAIT)
    assert "Remove /srv/<b>old</b> from the sources?" in dialog.inner_text()
    assert "No file is deleted" in dialog.inner_text()
    picture(page, "library-remove")
    page.keyboard.press("Escape")
    page.wait_for_function(
        "document.activeElement.dataset.name === '/srv/<b>old</b>'", timeout=WAIT
    )
    assert "/srv/<b>old</b>" in service.remembered
    page.keyboard.press("Enter")
    dialog.locator(".sure").click()
    page.locator("#adding-said", has_text="is no source any more").wait_for(timeout=WAIT)
    assert service.remembered == ["<articles>"]
    assert page.evaluate("document.activeElement.id") == "sources-title"
    assert page.locator("#library-sources tbody tr").count() == 1
    assert here.complaints == []


def test_an_article_is_found_and_deleted_from_the_keyboard_after_a_question_that_names_it(
    visit: Any, service: Any, picture: Any
) -> None:
    here = visit(service)
    page = open_library(here)
    line = page.get_by_label("A part of its title or file name")
    line.fill("mending lindholm")
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Delete lindholm.txt")
    button.wait_for(timeout=WAIT)
    assert page.locator("#purging-found [role=status]").inner_text() == "1 article"
    assert page.locator("#purging-found tbody tr").count() == 1
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog.confirm[open]")
    dialog.wait_for(timeout=WAIT)
    asked = dialog.inner_text()
    assert f"Delete “{service.mending.title}” (lindholm.txt) for good?" in asked
    assert "all feedback that quotes it are deleted" in asked
    picture(page, "library-purge")
    page.keyboard.press("Enter")  # the hasty answer is no
    page.wait_for_function("document.activeElement.dataset.name === 'lindholm.txt'", timeout=WAIT)
    assert service.purged == []
    page.keyboard.press("Enter")
    dialog.wait_for(timeout=WAIT)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.locator("#purging-said", has_text="lindholm.txt is being deleted").wait_for(timeout=WAIT)
    assert service.purged == ["lindholm.txt"]
    assert page.evaluate("document.activeElement.id") == "purging-title"
    page.locator("#cancel").wait_for(timeout=WAIT)
    service.jobs.end("done", report={"removed": 1, "snapshot": "000004"})
    page.locator("#outcome .counts").wait_for(timeout=WAIT)
    page.locator("#purging-said .told").wait_for(state="hidden", timeout=WAIT)
    assert here.outside == []
    assert here.complaints == []


def test_what_is_called_nothing_is_said_and_what_is_gone_or_busy_is_refused_in_place(
    visit: Any, service: Any
) -> None:
    page = open_library(visit(service))
    line = page.get_by_label("A part of its title or file name")
    line.fill("zeppelin")
    page.keyboard.press("Enter")
    page.locator("#purging-found", has_text="No article is called so.").wait_for(timeout=WAIT)
    line.fill("lindholm")
    page.get_by_role("button", name="Find", exact=True).click()
    button = page.get_by_role("button", name="Delete lindholm.txt")
    button.wait_for(timeout=WAIT)
    service.jobs.start()
    button.click()
    page.locator("dialog.confirm[open] .sure").click()
    page.locator("#purging-said", has_text="running already").wait_for(timeout=WAIT)
    service.jobs.end("done")
    line.fill("lindholm")
    page.keyboard.press("Enter")
    button.wait_for(timeout=WAIT)
    gone = service.articles.pop("lindholm.txt")
    button.click()
    page.locator("dialog.confirm[open] .sure").click()
    page.locator("#purging-said .trouble", has_text="the name of an article").wait_for(timeout=WAIT)
    service.articles["lindholm.txt"] = gone
    assert service.purged == []


def test_files_are_handed_in_by_choosing_them_and_the_library_is_refreshed(
    visit: Any, service: Any
) -> None:
    here = visit(service)
    page = open_library(here)
    page.locator(FILES).set_input_files([text_file("Café.txt"), text_file("second.md", "# Two")])
    outcome_of(page, "Café.txt", "added")
    outcome_of(page, "second.md", "added")
    page.locator("#cancel").wait_for(timeout=WAIT)
    assert service.handed_in == {"Café.txt": b"Words.", "second.md": b"# Two"}
    assert service.jobs.fetched == [False]
    assert "Handed in: 2. Not taken: 0." in page.locator("#upload-summary").inner_text()
    assert here.outside == []
    assert here.complaints == []


def test_files_are_handed_in_by_dropping_them(visit: Any, service: Any) -> None:
    here = visit(service)
    page = open_library(here)
    page.evaluate(DROP, [["dropped.txt", "Dropped."], ["${x}<img src=x>.exe", "MZ"]])
    outcome_of(page, "dropped.txt", "added")
    refused = outcome_of(page, "${x}<img src=x>.exe", "kind")
    assert "only csv, docx" in refused.inner_text()
    assert service.handed_in == {"dropped.txt": b"Dropped."}
    assert page.locator("#upload-files-list img").count() == 0
    assert here.complaints == []


def test_a_file_that_is_too_large_empty_or_oddly_named_is_told_and_nothing_is_refreshed(
    visit: Any, service: Any, picture: Any
) -> None:
    page = open_library(visit(service))
    large = text_file("large.txt", "x" * (MAX_ARTICLE_BYTES + 1))
    page.locator(FILES).set_input_files([large, text_file("empty.txt", "")])
    assert "larger than 10 MB" in outcome_of(page, "large.txt", "large").inner_text()
    assert "empty" in outcome_of(page, "empty.txt", "empty").inner_text()
    page.locator("#upload-summary", has_text="Not taken: 2").wait_for(timeout=WAIT)
    picture(page, "library-refused")
    page.evaluate(DROP, [["con.txt", "words"]])
    assert "rename" in outcome_of(page, "con.txt", "name").inner_text()
    assert service.handed_in == {}
    assert service.jobs.started == 0


def test_another_file_of_the_same_name_is_replaced_only_when_that_is_said(
    visit: Any, service: Any
) -> None:
    service.handed_in = {"a.txt": b"old"}
    page = open_library(visit(service))
    page.locator(FILES).set_input_files([text_file("a.txt", "old")])
    outcome_of(page, "a.txt", "same")
    page.locator(FILES).set_input_files([text_file("a.txt", "new")])
    dialog = page.locator("dialog.confirm[open]")
    dialog.wait_for(timeout=WAIT)
    assert "Another file is called a.txt" in dialog.inner_text()
    page.get_by_role("button", name="Keep it as it is").click()
    outcome_of(page, "a.txt", "taken")
    assert service.handed_in == {"a.txt": b"old"}
    assert service.jobs.started == 0
    page.locator(FILES).set_input_files([text_file("a.txt", "new")])
    dialog.wait_for(timeout=WAIT)
    dialog.locator(".sure").click()
    outcome_of(page, "a.txt", "replaced")
    assert service.handed_in == {"a.txt": b"new"}


def test_the_place_for_files_is_reached_and_named_from_the_keyboard(
    visit: Any, service: Any
) -> None:
    page = open_library(visit(service))
    page.locator("#refresh").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "upload-files"
    assert page.get_by_label("choose files").count() == 1
    outline = page.evaluate("getComputedStyle(document.querySelector('.drop label')).outlineStyle")
    assert outline == "solid"


def test_a_refresh_tells_its_step_its_time_and_what_it_brought(
    visit: Any, service: Any, picture: Any
) -> None:
    here = visit(service)
    page = open_library(here)
    page.locator("#refresh").click()
    page.locator("#cancel").wait_for(timeout=WAIT)
    service.jobs.advance("read", 3, 9)
    page.locator(".steps [aria-current]", has_text="reading articles").wait_for(timeout=WAIT)
    assert "running for" in page.locator("#outcome").inner_text()
    page.locator("#library-said [role=status]", has_text="reading articles").wait_for(
        state="attached", timeout=WAIT
    )
    picture(page, "library-refreshing")
    service.jobs.end("done")
    page.locator("#outcome .counts").wait_for(timeout=WAIT)
    page.locator("#library-news button", has_text="Mending evenings in Lindholm").click()
    dialog = page.locator("dialog.reading[open]")
    dialog.wait_for(timeout=WAIT)
    assert dialog.locator(".article").text_content() == service.mending.text
    assert page.evaluate("document.activeElement.id") == "reading-title"
    picture(page, "library-reading")
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden", timeout=WAIT)
    assert page.evaluate("document.activeElement.dataset.name") == "lindholm.txt"
    page.keyboard.press("Enter")
    dialog.wait_for(timeout=WAIT)
    dialog.get_by_role("button", name="Close").click()
    dialog.wait_for(state="hidden", timeout=WAIT)
    assert here.complaints == []


def test_a_hostile_article_is_read_as_words(visit: Any, service: Any) -> None:
    here = visit(service)
    page = open_library(here)
    page.locator("#library-news button[data-name='<b>brakel</b>.txt']").click()
    page.locator("dialog.reading[open] .article", has_text="onerror").wait_for(timeout=WAIT)
    assert page.evaluate("window.pwned") is None
    assert page.locator("dialog img, dialog script, dialog style").count() == 0
    assert page.locator("dialog.reading a").count() == 0
    assert here.outside == []
    assert here.complaints == []


def test_one_unreadable_file_is_tried_again_and_then_all(visit: Any, service: Any) -> None:
    service.unreadable = [f"scan-{number:02}.pdf" for number in range(12)]
    here = visit(service)
    page = open_library(here)
    assert page.locator("#library-quarantine tbody tr").count() == 10
    page.get_by_role("button", name="Next page").click()
    page.get_by_text("Page 2 of 2").wait_for(timeout=WAIT)
    page.get_by_role("button", name="Try again: scan-11.pdf").click()
    page.locator("#cancel").wait_for(timeout=WAIT)
    assert service.marked == [("scan-11.pdf",)]
    assert page.evaluate("document.activeElement.id") == "outcome"
    page.get_by_role("button", name="Try all of them again").click()
    page.locator("#quarantine-said", has_text="running already").wait_for(timeout=WAIT)
    service.unreadable = []
    service.jobs.end("done")
    page.get_by_text("Every file could be read.").wait_for(timeout=WAIT)
    assert here.complaints == []


def test_articles_whose_files_are_gone_go_when_somebody_says_so(visit: Any, service: Any) -> None:
    page = open_library(visit(service))
    page.locator("#refresh").click()
    page.locator("#cancel").wait_for(timeout=WAIT)
    remark = "<articles>: 5 of its 9 files are gone, more than 30%, so all of them stay"
    service.jobs.end("done", report={"withheld": 5, "snapshot": "000003"}, remarks=(remark,))
    page.locator("#outcome .remarks", has_text="5 of its 9 files are gone").wait_for(timeout=WAIT)
    assert "5 of its 9 files are gone" in page.locator("#library-sources").inner_text()
    page.get_by_role("button", name="Remove these articles").click()
    page.locator("dialog.confirm[open] .sure").click()
    page.locator("#cancel").wait_for(timeout=WAIT)
    assert service.jobs.removals_allowed == 1


def test_damage_is_told_with_what_to_do_and_a_check_finds_it(visit: Any, service: Any) -> None:
    service.damage = "got 000003-vectors.npy with another sha256; answering from snapshot 000002"
    here = visit(service)
    page = open_library(here)
    told = page.locator("#library-sound .damaged")
    assert "Not sound" in told.inner_text()
    assert "another sha256" in told.inner_text()
    assert "Refresh the library" in page.locator("#library-sound .remedy").inner_text()
    page.get_by_role("button", name="Check now").click()
    page.locator("#sound-said [role=alert]").wait_for(timeout=WAIT)
    service.damage = None
    page.get_by_role("button", name="Check now").click()
    page.locator("#sound-said", has_text="Every byte is as published").wait_for(timeout=WAIT)
    page.locator("#library-sound .sound").wait_for(timeout=WAIT)
    assert "5 May 2026, 10:15" in page.locator("#library-sound").inner_text()
    assert page.evaluate("document.activeElement.id") == "sound-title"
    assert here.complaints == []


def test_a_check_that_finds_damage_changes_what_the_room_says_of_the_library(
    visit: Any, service: Any
) -> None:
    page = open_library(visit(service))
    page.locator("#library-sound .sound").wait_for(timeout=WAIT)
    service.damage = "got 000003-vectors.npy with another sha256"
    page.get_by_role("button", name="Check now").click()
    page.locator("#library-sound .damaged", has_text="another sha256").wait_for(timeout=WAIT)
    page.locator(".top .problem", has_text="failed its checks").wait_for(timeout=WAIT)


def test_a_visitor_from_elsewhere_looks_at_everything_and_changes_nothing(
    visit: Any, service: Any, picture: Any
) -> None:
    here = visit(service, headers={"X-Forwarded-For": "203.0.113.9"})
    page = open_library(here)
    page.locator(".look-only").wait_for(timeout=WAIT)
    assert "--allow-changes" in page.locator(".look-only").inner_text()
    picture(page, "library-look-only")
    for control in ("#refresh", "#cancel", FILES, "#new-source", "#find-article", "#purging-title",
                    "[data-do=remove]", "[data-do=retry]", "[data-do=check]"):  # fmt: skip
        assert page.locator(control).count() == 0 or not page.locator(control).is_visible()
    page.locator("#library-news button").first.click()
    page.locator("dialog.reading[open]").wait_for(timeout=WAIT)


@pytest.mark.parametrize(
    "do", ["add", "remove", "retry", "allow", "uploaded", "check", "find", "purge"]
)
def test_a_visitor_who_forges_a_press_is_refused(visit: Any, service: Any, do: str) -> None:
    here = visit(service, headers={"X-Forwarded-For": "203.0.113.9"})
    page = open_library(here)
    name = "lindholm.txt" if do == "purge" else "<articles>"
    press = {"do": do, "name": name, "page": 1}
    page.evaluate(
        f"document.dispatchEvent(new CustomEvent('library:act', {{detail: {json.dumps(press)}}}))"
    )
    page.locator("#library-room .trouble", has_text="--allow-changes").wait_for(timeout=WAIT)
    assert service.remembered == ["<articles>"]
    assert service.marked == []
    assert service.purged == []
    assert service.jobs.started == 0


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_room_fits_every_screen(
    visit: Any, service: Any, picture: Any, width: int, height: int, scheme: str
) -> None:
    service.remembered += ["https://lindholm.example/a-very-long-address/" + "of-pages-" * 12]
    page = open_library(visit(service, width, height, scheme))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    picture(page, f"library-{width}-{scheme}")
    levels = page.evaluate(
        "[...document.querySelectorAll('#library-room :is(h2, h3), h1')]"
        ".filter(h => h.checkVisibility()).map(h => Number(h.tagName[1]))"
    )
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_room_speaks_the_readers_language(visit: Any, service: Any) -> None:
    here = visit(service, locale="de-AT")
    page = here.page
    page.get_by_role("tab", name="Bibliothek").click()
    page.locator("#library-sources table").wait_for(timeout=WAIT)
    words = page.locator("#library-room").inner_text()
    for said in ("Quellen", "Artikel abgeben", "Als unlesbar beiseitegelegt", "Unversehrt"):
        assert said in words
    page.locator(FILES).set_input_files([text_file("a.exe")])
    assert "nicht angenommen" in outcome_of(page, "a.exe", "kind").inner_text()
    page.get_by_role("button", name="<articles> entfernen").click()
    assert "So lassen" in page.locator("dialog.confirm[open]").inner_text()
    assert here.complaints == []
