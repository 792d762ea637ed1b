"""A picture instead of a drawing: chosen, pasted or dropped; what cannot be read loses nothing."""

import base64
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from nnviz import ink
from nnviz.datasets import mnist
from tests.browser.conftest import Complaints
from tests.browser.test_draw import FOUR, draw, wait_for_reading

PICTURES = Path(__file__).parents[1] / "pictures"

HAND_OVER = """([kind, type, data]) => {
  const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], 'digit', { type }));
  const pad = document.querySelector('[data-testid=pad]');
  const options = { bubbles: true, cancelable: true };
  if (kind === 'paste') {
    pad.dispatchEvent(new ClipboardEvent('paste', { ...options, clipboardData: transfer }));
    return;
  }
  for (const name of ['dragover', 'drop']) {
    pad.dispatchEvent(new DragEvent(name, { ...options, dataTransfer: transfer }));
  }
}"""


def scan(index: int) -> bytes:
    """A test digit as a scan: black on white, much larger, off the middle."""
    paper = np.full((60, 60), 255, np.uint8)
    paper[8:36, 20:48] = 255 - mnist.load().test.images[index]
    buffer = io.BytesIO()
    Image.fromarray(paper).resize((480, 480), Image.Resampling.BICUBIC).save(buffer, "PNG")
    return buffer.getvalue()


def hand_over(page: Page, kind: str, content: bytes, mime: str = "image/png") -> None:
    if kind == "choose":
        file = FilePayload(name="digit.png", mimeType=mime, buffer=content)
        page.get_by_test_id("image-file").set_input_files(file)
    else:
        page.evaluate(HAND_OVER, [kind, mime, base64.b64encode(content).decode()])


@pytest.mark.parametrize("kind", ["choose", "paste", "drop"])
def test_a_picture_is_read(page: Page, kind: str) -> None:
    wait_for_reading(page, 7)
    picture = scan(2)  # a 1
    # not the last reading of what stood there before, which may still be on its way
    with page.expect_response(
        lambda reply: reply.request.headers.get("content-type", "").startswith("image/")
    ) as reply:
        hand_over(page, kind, picture)
    wait_for_reading(page, 1)
    pixels = np.reshape(reply.value.json()["input"]["pixels"], (28, 28))
    np.testing.assert_array_equal(pixels, ink.from_image(picture))
    expect(page.get_by_role("heading", name="Your picture")).to_be_visible()
    expect(page.get_by_test_id("wrong")).to_have_text("")  # nobody said what it is
    expect(page.get_by_test_id("center-toggle")).to_be_disabled()
    page.get_by_test_id("undo").click()
    wait_for_reading(page, 7)
    page.get_by_test_id("redo").click()
    wait_for_reading(page, 1)
    page.reload()
    wait_for_reading(page, 1)


def test_what_is_no_picture_is_refused_and_the_drawing_stays(
    page: Page, complaints: Complaints
) -> None:
    draw(page, FOUR)
    wait_for_reading(page, 4)
    hand_over(page, "drop", b"no picture at all", "image/png")
    expect(page.get_by_test_id("status")).to_contain_text("The server cannot read this")
    wait_for_reading(page, 4)
    hand_over(page, "choose", scan(2))
    wait_for_reading(page, 1)
    expect(page.get_by_test_id("status")).to_be_hidden()
    complaints.clear()  # the refusal


def test_several_digits_are_offered_and_shown_with_their_ink(page: Page) -> None:
    wait_for_reading(page, 7)
    hand_over(page, "choose", (PICTURES / "two42.png").read_bytes())
    wait_for_reading(page, 4)
    photo = page.get_by_test_id("photo")
    expect(page.get_by_test_id("photo-note")).to_contain_text("2 digits found")
    first, second = (page.get_by_test_id(f"photo-digit-{i}") for i in (0, 1))
    expect(first).to_have_attribute("aria-pressed", "true")
    sheet, box = page.get_by_test_id("photo-view").bounding_box(), second.bounding_box()
    assert sheet is not None
    assert box is not None
    told = ink.find((PICTURES / "two42.png").read_bytes()).digits[1].box
    shown = [
        (box["x"] - sheet["x"]) * 1000 / sheet["width"],
        (box["y"] - sheet["y"]) * 500 / sheet["height"],
    ]
    np.testing.assert_allclose(shown, told[:2], atol=5)
    second.click()
    wait_for_reading(page, 2)
    expect(second).to_have_attribute("aria-pressed", "true")
    expect(second).to_be_focused()
    page.get_by_test_id("undo").click()
    wait_for_reading(page, 4)
    draw(page, FOUR)  # over the picture, which gives way
    expect(photo).to_be_hidden()


def test_blank_paper_and_files_of_other_kinds_are_told_in_plain_words(
    page: Page, complaints: Complaints
) -> None:
    wait_for_reading(page, 7)
    buffer = io.BytesIO()
    Image.new("L", (300, 200), 225).save(buffer, "PNG")
    hand_over(page, "choose", buffer.getvalue())
    expect(page.get_by_test_id("photo-note")).to_contain_text("No digit found")
    hand_over(page, "drop", b"\0\0\0\x18ftypheic" + bytes(40), "image/heic")
    expect(page.get_by_test_id("status")).to_contain_text("it is a HEIC file")
    buffer = io.BytesIO()
    Image.open(io.BytesIO(scan(2))).save(buffer, "GIF")  # the browser reads it for the server
    hand_over(page, "drop", buffer.getvalue(), "image/gif")
    wait_for_reading(page, 1)
    complaints.clear()  # the refusal
