"""What Python gives a host: the bundle of representations, and the page of `to_html()` as a file."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import stat
import sys
import types
from pathlib import Path
from typing import Any

import pytest
from anywidget import _util
from IPython.core.formatters import DisplayFormatter

import hfprov_widgets as hfp
from hfprov_widgets.widgets.base import CatalogWidget

VIEW = "application/vnd.jupyter.widget-view+json"
TWINS = {"text/html", "text/latex", "text/markdown", "text/plain"}
MANAGER = "https://example.invalid/manager.min.js"


def widgets() -> list[CatalogWidget]:
    catalog = hfp.load_catalog("sample")
    return [hfp.ProviderTable(catalog), hfp.ModelPicker(catalog)]


# --- the bundle -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("widget", widgets(), ids=["table", "picker"])
def test_ipython_gets_the_widget_and_its_twins(widget: CatalogWidget) -> None:
    data, metadata = DisplayFormatter().format(widget)
    assert set(data) == {VIEW, *TWINS}
    assert data[VIEW]["model_id"] == widget.model_id
    assert data["text/plain"].splitlines()[0] in ("Routes: 126 models, 287 routes", "Models: 126 models")
    assert metadata == {}
    assert len(data["text/html"].encode()) <= 40_000


def test_ipython_may_ask_for_some_only() -> None:
    table = widgets()[0]
    assert set(DisplayFormatter().format(table, include={"text/plain"})[0]) == {"text/plain"}
    assert set(DisplayFormatter().format(table, exclude={VIEW, "text/html"})[0]) == TWINS - {"text/html"}


def test_repr_is_still_the_line_that_rebuilds_it() -> None:
    assert repr(widgets()[1]) == "hfp.ModelPicker(catalog=hfp.load_catalog('sample'))"


def test_the_address_of_colabs_manager_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    output: Any = types.ModuleType("google.colab.output")
    output._widgets = types.SimpleNamespace(_installed_url=None)

    def enable_custom_widget_manager(version: str = "5.0.0a") -> None:
        output._widgets._installed_url = MANAGER

    output.enable_custom_widget_manager = enable_custom_widget_manager
    google, colab = types.ModuleType("google"), types.ModuleType("google.colab")
    for name, module in {"google": google, "google.colab": colab, "google.colab.output": output}.items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setattr(google, "colab", colab, raising=False)
    monkeypatch.setattr(colab, "output", output, raising=False)
    _util.enable_custom_widget_manager_once.cache_clear()
    try:
        data, metadata = DisplayFormatter().format(widgets()[0])
    finally:
        _util.enable_custom_widget_manager_once.cache_clear()
    assert metadata == {VIEW: {"colab": {"custom_widget_manager": {"url": MANAGER}}}}
    assert set(data) == {VIEW, *TWINS}


# --- the page -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sample", "documented", "tasks"])
def test_a_page_is_small_and_asks_for_nothing(name: str) -> None:
    catalog = hfp.load_catalog(name)
    for widget in (hfp.ProviderTable(catalog), hfp.ModelPicker(catalog)):
        page = widget.to_html()
        assert page is not None
        assert len(page.encode()) <= 200_000
        assert not re.findall(r"""<(?:link|img|script)[^>]*\b(?:src|href)=""", page)


def test_only_the_pages_own_script_may_run() -> None:
    page = widgets()[0].to_html() or ""
    script = page.rpartition('<script type="module">')[2].partition("</script>")[0]
    checksum = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; script-src 'sha256-{checksum}' blob:; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in page


def test_a_page_holds_the_module_that_notebooks_load() -> None:
    table = widgets()[0]
    table._fault, table._refresh = "An observer failed.", 3
    page = table.to_html() or ""
    content = json.loads(page.partition('id="hfp-content">')[2].partition("</script>")[0])
    assert content["esm"] == table._esm
    assert content["traits"]["sort"] == [["price_blended", "asc"]]
    assert content["traits"]["_freshness"] == {"phase": "still", "message": "", "can_refresh": False}
    assert (content["traits"]["_fault"], content["traits"]["_refresh"]) == ("", 0)
    assert set(content["bytes"]) == {"_catalog"}
    assert not {"layout", "_model_name", "_esm", "_css"} & set(content["traits"])


def test_nothing_in_a_page_ends_its_scripts() -> None:
    evil = "</script><!--<script>"
    model = hfp.Model(f"o/{evil}", routes=(hfp.Route(f"o/{evil}", evil, status="live"),))
    catalog = hfp.Catalog.from_models([model], source=evil, retrieved_at=None)
    page = hfp.ModelPicker(catalog, query=evil, value=model.id).to_html() or ""
    assert page.count("</script") == page.count("<script") == 2
    assert "<!--" not in page
    assert page.count("</style") == 1


def test_half_a_character_in_the_search_can_be_written(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    hfp.ModelPicker(hfp.load_catalog("sample"), query="\ud800x").to_html(file)
    assert "\\ud800x" in file.read_text("utf-8")


def test_a_new_file_is_as_private_as_the_user_wishes(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        widgets()[0].to_html(tmp_path / "page.html")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "page.html").stat().st_mode) == 0o600


def test_what_is_no_file_is_not_replaced_by_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for place, kind in ((pipe, OSError), (Path("/dev/null"), OSError), (tmp_path, IsADirectoryError)):
        with pytest.raises(kind, match=re.escape(str(place))):
            widgets()[0].to_html(place)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_a_name_may_be_as_long_as_the_disk_takes_it(tmp_path: Path) -> None:
    file = tmp_path / ("n" * 250 + ".html")
    widgets()[0].to_html(file)
    assert list(tmp_path.iterdir()) == [file]


def test_a_fault_names_the_file_that_was_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "page.html"
    with pytest.raises(FileNotFoundError) as caught:
        widgets()[0].to_html(file)
    assert caught.value.filename == str(file)


def test_the_mask_of_the_process_is_never_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two threads that change it and change it back would leave files open to all."""
    monkeypatch.delattr(os, "umask")
    widgets()[0].to_html(tmp_path / "page.html")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "page.html"
    table = widgets()[0]
    assert table.to_html(file) is None
    assert file.read_text("utf-8") == table.to_html()
    assert stat.S_IMODE(file.stat().st_mode) == 0o644

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    before = file.read_bytes()
    with pytest.raises(OSError, match="No space left"):
        table.to_html(str(file))
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]
