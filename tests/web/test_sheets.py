"""Sheets for a class and pages for its teacher: from the chapters' files, in both languages."""

import html
import re

import pytest
from flask.testing import FlaskClient

from nnviz.chapters import library, paper
from nnviz.chapters.reading import Chapter
from nnviz.web import create_app

LIBRARY = library.load()
EVERY = [(language, each) for language in library.LANGUAGES for each in LIBRARY.all(language)]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


def plain(nodes: list) -> str:
    """The words of nodes as they stand on paper, where numbers of the network are left open."""
    return "".join(
        node if isinstance(node, str) else "" if node[0] == "live" else plain_of(node)
        for node in nodes
    )


def plain_of(node: list) -> str:
    inner = node[-1]
    return inner if isinstance(inner, str) else plain(inner)


def printed(client: FlaskClient, path: str, language: str) -> str:
    reply = client.get(f"{path}?lang={language}")
    assert reply.status_code == 200
    main = reply.text[reply.text.index("<main") : reply.text.index("</main>")]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", main)))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize(("language", "each"), EVERY, ids=lambda x: getattr(x, "id", x))
def test_a_sheet_asks_and_only_the_teachers_page_answers(
    client: FlaskClient, language: str, each: Chapter
) -> None:
    asked = printed(client, f"/sheets/{each.id}", language)
    told = printed(client, f"/sheets/{each.id}/teacher", language)
    for step in each.steps:
        assert step["title"] in asked
        assert step["title"] in told
        for task in step["tasks"]:
            assert squeezed(plain(task["hint"])) not in asked
        for question in step["questions"]:
            for answer in question["answers"]:
                assert squeezed(plain(answer["text"])) in asked
                assert squeezed(plain(answer["reason"])) in told
                assert squeezed(plain(answer["reason"])) not in asked
        for block in step["notes"]:
            assert squeezed(plain(block[1])) in told


@pytest.mark.parametrize(("language", "each"), EVERY, ids=lambda x: getattr(x, "id", x))
def test_every_chapter_says_what_to_watch_for_and_how_its_minutes_fall(
    language: str, each: Chapter
) -> None:
    assert any(step["notes"] for step in each.steps)
    shares = paper.halves(each)
    assert abs(sum(shares) / 2 - each.minutes) <= 2


@pytest.mark.parametrize("each", LIBRARY.all("en"), ids=lambda each: each.id)
def test_a_chapters_minutes_are_what_it_asks_of_its_reader(each: Chapter) -> None:
    """To a minute: some tasks have much to paint, others little."""
    assert 3 <= each.minutes <= 7
    assert abs(each.minutes - round(paper.estimate(each))) <= 1
    korean = LIBRARY.find("ko", each.id)
    assert korean is not None
    assert korean.minutes == each.minutes


@pytest.mark.parametrize(("language", "each"), EVERY, ids=lambda x: getattr(x, "id", x))
def test_no_step_of_a_teachers_page_is_a_heading_alone(
    client: FlaskClient, language: str, each: Chapter
) -> None:
    text = client.get(f"/sheets/{each.id}/teacher?lang={language}").text
    assert not re.search(r"</h3>\s*</section>", text)


def test_halves_of_a_minute_are_said_as_one_says_them(client: FlaskClient) -> None:
    korean = client.get("/sheets/network/teacher?lang=ko").text
    assert "½" not in korean
    assert "분 30초" in korean
    assert "½ min" in client.get("/sheets/network/teacher?lang=en").text


def test_the_list_of_sheets_leads_to_all_of_them(client: FlaskClient) -> None:
    text = client.get("/sheets?lang=en").text
    for each in LIBRARY.all("en"):
        for path in (f"/sheets/{each.id}", f"/sheets/{each.id}/teacher"):
            assert f'href="{path}"' in text
    for path in ("/sheets/nothing", "/sheets/neuron/nothing", "/sheets/before"):
        assert client.get(path).status_code == 404
