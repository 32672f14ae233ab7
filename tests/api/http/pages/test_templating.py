import re

from api.http.app import STATIC
from tests.api.http.client import Client

QUESTION = {"role": "Junior baker", "to": "Senior baker"}


def test_templates_have_no_style_or_script_inside_that_the_policy_would_block(client: Client) -> None:
    pages = [client.get("/", **QUESTION).text, client.get("/docs").text, client.get("/coverage", ladder="Baker").text]
    for page in pages:
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?! src=\"/static/)", page)
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_files_name_no_other_origin() -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in STATIC.iterdir()}
    assert sorted(files) == ["credpath.css", "icon.svg", "next.js"]
    assert [name for name, text in files.items() if re.search(r"(?<!=\")https?://", text)] == []
