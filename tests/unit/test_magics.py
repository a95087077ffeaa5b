"""``%hfprov`` in a real IPython shell: what it returns, what it prints, how it refuses."""

from __future__ import annotations

import atexit
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

import hfprov_widgets as hfp
from hfprov_widgets.magics import USAGE

OSS, LARGE = "openai/gpt-oss-20b", "openai/gpt-oss-120b"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InteractiveShell]:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    config = Config()
    config.HistoryManager.enabled = False  # no file in anybody's home
    shell = InteractiveShell(config=config, ipython_dir=str(tmp_path / "ipython"))
    run(shell, "%load_ext hfprov_widgets")
    yield shell
    atexit.unregister(shell.atexit_operations)
    shell.atexit_operations()


def run(shell: InteractiveShell, cell: str) -> Any:
    """The value of the cell's last line."""
    answer = shell.run_cell(cell)
    answer.raise_error()
    return answer.result


def refusal(shell: InteractiveShell, cell: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What the notebook shows of a cell that is refused: one line, no traceback."""
    capsys.readouterr()
    answer = shell.run_cell(cell)
    assert isinstance(answer.error_in_exec, UsageError)
    written = capsys.readouterr()
    shown = (written.err + written.out).strip()
    assert "Traceback" not in shown
    assert "\n" not in shown
    return shown.removeprefix("UsageError: ")


def completions(shell: InteractiveShell, line: str) -> list[str]:
    """What Tab offers at the end of the line, as a notebook asks for it."""
    with provisionalcompleter():
        return [match.text for match in shell.Completer.completions(line, len(line))]


def test_pick_returns_a_picker_that_displays(shell: InteractiveShell) -> None:
    picker = run(shell, "%hfprov pick llama 70 instr")
    assert isinstance(picker, hfp.ModelPicker)
    assert picker.query == "llama 70 instr"
    assert run(shell, "%hfprov pick").query == ""
    assert picker.to_frame()["model"].tolist() == ["meta-llama/Llama-3.3-70B-Instruct"]


def test_compare_takes_one_model_or_several(shell: InteractiveShell) -> None:
    table = run(shell, f"table = %hfprov compare {OSS}\ntable")
    assert isinstance(table, hfp.ProviderTable)
    assert table.model == OSS
    assert run(shell, f"%hfprov compare {OSS} {LARGE}").model == (OSS, LARGE)
    shell.user_ns["picker"] = hfp.ModelPicker(hfp.load_catalog("sample"), value=LARGE)
    assert run(shell, "%hfprov compare {picker.value}").model == LARGE


def test_a_catalogue_is_a_variable_a_frame_or_a_sample(shell: InteractiveShell) -> None:
    tasks = hfp.load_catalog("tasks")
    shell.user_ns.update(mine=tasks, frame=tasks.routes)
    assert run(shell, "%hfprov pick --catalog mine").catalog is tasks
    assert run(shell, "%hfprov pick flux --catalog frame").catalog.all_routes == tasks.all_routes
    assert run(shell, "%hfprov pick --catalog documented flux").catalog is hfp.load_catalog("documented")
    shell.user_ns["documented"] = tasks
    assert run(shell, "%hfprov pick --catalog documented").catalog is tasks, "a variable goes first"
    model = tasks.records[0].id
    assert run(shell, f"%hfprov compare {model} --catalog frame").model == model


def test_plan_sets_what_is_given_and_leaves_the_rest(shell: InteractiveShell) -> None:
    planner = run(
        shell,
        f"%hfprov plan {OSS} --tokens 500,200 --calls 7 --students 12 --margin 0.5 --credit 0.10 --for class",
    )
    assert isinstance(planner, hfp.BudgetPlanner)
    assert (planner.model, planner.tokens, planner.calls, planner.students) == (OSS, (500, 200), 7, 12)
    assert (planner.margin, planner.credit, planner.credit_for) == (0.5, 0.1, "class")
    plain, own = run(shell, f"%hfprov plan {OSS} {LARGE}"), hfp.BudgetPlanner((OSS, LARGE))
    for name in ("model", "tokens", "calls", "students", "margin", "credit", "credit_for"):
        assert getattr(plain, name) == getattr(own, name)


@pytest.mark.parametrize("line", ["", "--help", "-h", "help", "compare --help"])
def test_alone_it_tells_how_to_ask(line: str, shell: InteractiveShell, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(shell, f"%hfprov {line}") is None
    assert capsys.readouterr().out == USAGE


def test_all_that_the_help_names_is_taken(shell: InteractiveShell) -> None:
    options = [word for word in USAGE.split() if word.startswith("--") and word != "--catalog"]
    assert options == ["--tokens", "--calls", "--students", "--margin", "--credit", "--for"]
    lines = [line.strip() for line in USAGE.splitlines() if line.strip().startswith("--")]
    given = " ".join(line.split("   ")[0] for line in lines)
    assert run(shell, f"%hfprov plan {OSS} {given}").credit == 0.1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("comapre x", "%hfprov has no command 'comapre'. Did you mean 'compare'? There are: pick, compare, plan."),
        ("zzz", "%hfprov has no command 'zzz'. There are: pick, compare, plan."),
        ("compare", "%hfprov compare: the following arguments are required: model."),
        ("compare openai/gpt-oss-20 --catalog sample", "Near names: openai/gpt-oss-20b"),
        ("compare o/m --catalog smaple", "there is no variable 'smaple', and it is none of sample, "),
        ("pick --catalog mine", "Did you mean 'mine2'?"),
        ("pick --catalog text", "catalog must be a Catalog"),
        ("pick --catalog bad", "the frame needs the column 'provider'"),
        ("pick --nothing 3", "unrecognized arguments: --nothing"),
        ("plan openai/gpt-oss-20b --tokens many", "input and output tokens, such as 600,300, not 'many'"),
        ("plan openai/gpt-oss-20b --tokens 600", "tokens is two whole numbers"),
        ("plan openai/gpt-oss-20b --calls some", "invalid int value: 'some'"),
        ("plan openai/gpt-oss-20b --margin=-1", "margin is the part to spare"),
        ("plan openai/gpt-oss-20b --for everybody", "credit_for is 'student' or 'class', not 'everybody'"),
        ("pick 'llama", "No closing quotation"),
    ],
)
def test_a_wrong_line_is_refused_in_one_line(
    line: str, words: str, shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = hfp.load_catalog("sample").routes.drop(columns="provider")
    shell.user_ns.update(mine2=hfp.load_catalog("sample"), text="sample", bad=frame)
    assert words in refusal(shell, f"%hfprov {line}", capsys)


def test_a_fault_of_ours_is_not_hidden(shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(hfp, "ModelPicker", broken)
    assert isinstance(shell.run_cell("%hfprov pick").error_in_exec, RuntimeError)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("%hfprov ", ["compare", "pick", "plan"]),
        ("%hfprov p", ["pick", "plan"]),
        ("%hfprov compare openai/gpt-oss-2", [OSS]),
        (f"%hfprov plan {OSS} openai/gpt-oss-1", [LARGE]),
        ("table = %hfprov", []),
    ],
)
def test_tab_completes_commands_and_models(line: str, found: list[str], shell: InteractiveShell) -> None:
    matches = completions(shell, line)
    assert sorted(match for match in matches if "/" in match or match in ("pick", "compare", "plan")) == found


def test_it_can_be_taken_away(shell: InteractiveShell) -> None:
    run(shell, "%unload_ext hfprov_widgets")
    assert shell.find_line_magic("hfprov") is None
    assert "compare" not in completions(shell, "%hfprov co")
    run(shell, "%load_ext hfprov_widgets")
    assert isinstance(run(shell, "%hfprov pick"), hfp.ModelPicker)


def test_importing_the_package_imports_no_ipython() -> None:
    script = "import sys, hfprov_widgets; hfprov_widgets.load_catalog('sample'); assert 'IPython' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True)
