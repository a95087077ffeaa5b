"""A token is planted, everything is used, and then every place that could hold it is searched."""

from __future__ import annotations

import io
import json
import logging
import pickle
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

import hfprov_widgets as hfp
from hfprov_widgets.data.pace import Pace
from tests.service import Fault, Service, hub_model, mapping, offer, router_model

# The first is spelled as the Hub spells its tokens; the other is one that no pattern knows.
SECRETS = ("hf_" + "PlantedPlantedPlanted0123456789", "opaque-Planted-0123456789")


@pytest.fixture(params=SECRETS)
def secret(request: pytest.FixtureRequest, service: Service, monkeypatch: pytest.MonkeyPatch) -> str:
    """A token in the environment, which the service accepts."""
    value = str(request.param)
    service.models = [hub_model("org/name", mapping("groq"))]
    service.router = [router_model("org/name", offer("groq", pricing={"input": 1, "output": 2}))]
    service.token = value
    monkeypatch.setenv("HF_TOKEN", value)
    monkeypatch.setenv("HF_ENDPOINT", service.url)
    monkeypatch.setenv("HFPROV_ROUTER_URL", service.router_url)
    return value


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that any library logs."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_is_sent_in_one_header_and_in_no_address(secret: str, service: Service) -> None:
    hub = hfp.HubClient(cache=False)
    hub.list_models()
    hub.model_status("org/name")
    assert [seen.headers["authorization"] for seen in service.seen] == [f"Bearer {secret}"] * 2
    for seen in service.seen:
        assert secret not in seen.target
        assert [name for name, value in seen.headers.items() if secret in value] == ["authorization"]


def test_files_logs_and_representations(secret: str, service: Service, tmp_path: Path, log: io.StringIO) -> None:
    hub, router = hfp.HubClient(), hfp.RouterClient(token=secret)
    shown = [repr(hub), repr(router), hfp.token_source(), hfp.token_source(secret)]
    catalog = hfp.load_catalog("live", hub=hub, router=router)
    list(hub.iter_models())
    hub.model_providers("org/name")
    catalog.save(tmp_path / "snapshot.json")
    shown += [repr(catalog), catalog.routes.to_csv(), catalog.models.to_csv(), str(catalog.warnings)]
    shown += [repr(hub.rate_limit), repr(hub._transport._open())]
    for client in (hub, router):
        client.close()
    kept = files(tmp_path)
    assert any(path.name == "replies.sqlite" and len(body) > 1000 for path, body in kept.items())
    assert [str(path) for path, body in kept.items() if secret.encode() in body] == []
    assert secret not in "\n".join([*shown, *map(str, kept)])
    assert "GET /api/models" in log.getvalue(), "the log is a log"
    assert secret not in log.getvalue()


FAILURES: dict[str, Callable[[str], Fault]] = {
    "refused": lambda secret: Fault(status=401, body=json.dumps({"error": f"bad token {secret}"}).encode()),
    "said in a header": lambda secret: Fault(status=403, headers={"X-Error-Message": f"{secret} may not"}),
    "echoed in an address": lambda secret: Fault(status=307, headers={"Location": f"/api/models?token={secret}"}),
    "out of order": lambda secret: Fault(status=503, body=secret.encode()),
    "no JSON": lambda secret: Fault(body=f"<html>{secret}".encode()),
    "broken": lambda secret: Fault(cut=10),
    "reset": lambda secret: Fault(reset=True),
    "compressed wrongly": lambda secret: Fault(headers={"Content-Encoding": "gzip"}),
    "elsewhere": lambda secret: Fault(status=307, headers={"Location": f"http://{secret}@hub.invalid/"}),
}


@pytest.mark.parametrize("name", FAILURES)
def test_errors_and_tracebacks(secret: str, service: Service, name: str, log: io.StringIO) -> None:
    service.faults.extend([FAILURES[name](secret)] * 20)
    for call in (
        lambda: hfp.HubClient(token=secret, cache=False, pace=Pace(retries=0)).list_models(),
        lambda: hfp.HubClient(cache=False, pace=Pace(retries=0)).model_status("org/name"),
        lambda: list(hfp.HubClient(cache=False, pace=Pace(retries=0)).iter_models()),
    ):
        with pytest.raises(hfp.HubError) as caught:
            call()
        error = caught.value
        found = traceback.TracebackException.from_exception(error, capture_locals=True)
        # The test's own frame and its parameters hold the token, of course.
        found.stack[:] = [frame for frame in found.stack if "hfprov_widgets/" in frame.filename]
        assert len(found.stack) > 2
        said = [*found.format(), str(error), repr(error), repr(vars(error)), str(pickle.dumps(error))]
        assert secret not in "\n".join(said)
        assert error.__context__ is None or error.__suppress_context__
    assert secret not in log.getvalue()


def test_widgets(secret: str, service: Service) -> None:
    hub = hfp.HubClient()
    catalog = hfp.load_catalog("live", hub=hub)
    service.faults.extend([Fault(status=403, body=json.dumps({"error": f"no, {secret}"}).encode())] * 9)
    for widget in (hfp.ModelPicker(), hfp.ProviderTable(), hfp.ProviderTable("org/name", catalog=catalog)):
        for thread in threading.enumerate():
            if thread.name == "hfprov-refresh":
                thread.join(30)
        bundle = widget._repr_mimebundle_()
        state = {name: value for name, value in widget.get_state().items() if name not in ("_esm", "_css")}
        assert secret not in repr((state, bundle, widget.code(), widget, widget.to_frame().to_csv()))


NOTEBOOK = """
import logging, hfprov_widgets as hfp
logging.basicConfig(level=logging.DEBUG)
%xmode Verbose
---
hub = hfp.HubClient()
print(hfp.token_source(), hub, hub.rate_limit)
catalog = hfp.load_catalog("live", hub=hub)
hfp.ModelPicker(catalog), hfp.ProviderTable("org/name", catalog=catalog)
---
hfp.ModelPicker(catalog)
---
hub.list_models(search="refused")
"""


def test_a_saved_notebook_and_its_export(secret: str, service: Service, tmp_path: Path) -> None:
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in NOTEBOOK.split("---")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    service.faults.extend([Fault()] * 2)
    client = NotebookClient(
        notebook,
        timeout=60,
        allow_errors=True,
        resources={"metadata": {"path": str(tmp_path)}},
        store_widget_state=True,
    )
    with client.setup_kernel():
        for index, cell in enumerate(cells):
            if "refused" in cell.source:
                body = json.dumps({"error": f"bad token {secret}"}).encode()
                service.faults.extend([Fault(status=401, body=body)] * 9)
            client.execute_cell(cell, index)
        client.set_widgets_metadata()
    nbformat.write(notebook, tmp_path / "saved.ipynb")
    text = (tmp_path / "saved.ipynb").read_text()
    assert "environment variable HF_TOKEN" in text
    assert "AuthenticationError" in text, "the traceback is in it"
    assert "application/vnd.jupyter.widget-state+json" in text, "the state is in it"
    html, _ = HTMLExporter().from_notebook_node(notebook)
    (tmp_path / "saved.html").write_text(html)
    assert [str(path) for path, body in files(tmp_path).items() if secret.encode() in body] == []


def test_a_shell(secret: str, service: Service, tmp_path: Path) -> None:
    refused = Fault(status=401, body=json.dumps({"error": f"bad token {secret}"}).encode())
    with_token, without = [["models"], ["status", "org/name"]], [["status"], ["snapshot", str(tmp_path / "s.json")]]
    for command in (*with_token, *without):
        service.faults.extend([refused] if command in with_token else [])
        done = subprocess.run(
            [sys.executable, "-m", "hfprov_widgets", *command, "--json"], capture_output=True, text=True, check=False
        )
        assert secret not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


def test_what_is_given_wrongly_is_not_repeated(secret: str) -> None:
    with pytest.warns(UserWarning, match="token is not sent") as caught, pytest.raises(hfp.HubError) as error:
        hfp.HubClient("http://hub.invalid", token=secret, cache=False, pace=Pace(retries=0)).list_models()
    assert secret not in str([*(one.message for one in caught), error.value])
    with pytest.raises(ValueError, match="characters that no token has") as refused:
        hfp.HubClient(token=f"{secret} two")
    assert secret not in str(refused.value)


@pytest.mark.parametrize("wrong", [{"timeout": "soon"}, {"cache": 7}, {"endpoint": "nowhere"}])
def test_a_constructor_that_fails_shows_no_token_in_its_traceback(secret: str, wrong: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)) as caught:
        hfp.HubClient(token=secret, **wrong)  # type: ignore[arg-type]
    found = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    found.stack[:] = [frame for frame in found.stack if "hfprov_widgets/" in frame.filename]
    assert found.stack
    assert secret not in "".join(found.format())


def test_a_short_dummy_leaves_honest_words_alone(service: Service) -> None:
    service.models = [hub_model("org/name", mapping("hf-inference"))]
    service.token = "hf"
    [model] = hfp.HubClient(service.url, token="hf", cache=False).list_models()
    assert model.routes[0].provider == "hf-inference"


def test_an_answer_goes_into_the_cache_of_whoever_asked(
    secret: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client is closed and opened again, without a token by then, while an answer for the token is on its way."""
    client = hfp.HubClient()
    service.gate.clear()
    asking = threading.Thread(target=client.list_models)
    asking.start()
    service.wait_for_requests(1)
    client.close()
    monkeypatch.delenv("HF_TOKEN")
    assert client.is_anonymous
    service.gate.set()
    asking.join(30)
    hfp.HubClient(token=False).list_models()
    assert ["authorization" in seen.headers for seen in service.seen] == [True, False], "the second one had to ask"
