"""Each fault of the table strikes while a widget is on screen: it says so, and everything in it goes on working."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.faults import CASES, Case
from tests.service import Service, hub_model, mapping, offer, router_model

from .conftest import OpenNotebook

# A used-up window stays so, and a service that is gone stays gone: each is the last that its notebook meets.
LASTING = ("429, window used up for 212 s", "Connections are refused")
PASSING = [case for case in CASES if case.name not in LASTING]
LIVE = """
from functools import partial
from hfprov_widgets.data import pace, router
pace.Pace = partial(pace.Pace, retries=0, patience=2.0, patience_with_copy=2.0)  # seconds are enough here
router.EXPIRE_AFTER = 0.0  # every refresh asks
import hfprov_widgets as hfp
table = hfp.ProviderTable("org/name")
table
"""


@pytest.mark.parametrize("last", [case for case in CASES if case.name in LASTING], ids=lambda case: case.name)
def test_a_table_on_screen_survives_every_fault(open_notebook: OpenNotebook, service: Service, last: Case) -> None:
    service.router = [
        router_model("org/name", *(offer(p, throughput=50, context_length=9000) for p in ("groq", "novita")))
    ]
    service.models = [hub_model("org/name", mapping("groq"), likes=7)]
    environment = {"HF_HUB_OFFLINE": "0", "HFPROV_ROUTER_URL": service.router_url, "HF_ENDPOINT": service.url}
    notebook = open_notebook(LIVE, environment=environment)
    output = notebook.run(0)
    expect(output.locator(".hfp-pick")).to_have_text(["groq", "novita"])
    alert, source = output.get_by_role("alert"), output.locator(".hfp-source")
    button = output.get_by_role("button", name="Refresh").or_(output.get_by_role("button", name="Try again"))
    half = len(PASSING) // 2
    before = PASSING[:half] if last.name == LASTING[0] else PASSING[half:]
    for number, case in enumerate([*before, last]):
        case.inflict(service)
        button.click()
        expect(alert, case.name).to_contain_text(case.says)
        expect(source, case.name).to_contain_text("router just now")
        expect(source, case.name).to_contain_text("not refreshed")
        chosen = ("groq", "novita")[number % 2]
        output.locator("tr", has_text=chosen).click()
        notebook.expect_python("table.value", f"org/name:{chosen}")
        if case is not last:
            service.faults.clear()
            button.click()
            expect(alert, case.name).to_have_count(0)
