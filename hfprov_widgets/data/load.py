"""Where a catalogue comes from: the live services, the last good copy of them, a bundled sample or a file."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable
from datetime import datetime, timezone
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.environment import offline
from hfprov_widgets.data.errors import HubError
from hfprov_widgets.data.snapshot import SnapshotError

if TYPE_CHECKING:
    from hfprov_widgets.data.hub import HubClient
    from hfprov_widgets.data.router import RouterClient

BUNDLED = ("sample", "documented", "tasks")
SCOPES = ("chat", "all")

_SAMPLES = Path(__file__).parents[1] / "samples"


def load_catalog(
    source: str | os.PathLike[str] = "auto",
    *,
    scope: str = "chat",
    hub: HubClient | None = None,
    router: RouterClient | None = None,
) -> Catalog:
    """The catalogue of models and the routes by which providers serve them.

    Parameters
    ----------
    source : str or path
        ``"auto"``: the live services, else the last good copy of them, else the bundled sample.
        ``"live"``: the live services or an error. ``"sample"``: the router's listing of 2026-10-10.
        ``"documented"``: the example of the services' documentation, May 2026; every measured column is filled for
        some row.
        ``"tasks"``: images, video, speech and embeddings, each row as it was last seen, not as it is today.
        Else the path of a snapshot file.
    scope : str
        ``"chat"``: what the router lists, with likes, downloads and trending from one page of the Hub's list.
        ``"all"``: also every other model a provider serves, from all pages of the Hub's list.
    hub, router : client, optional
        To read from; by default new ones.

    Raises
    ------
    HubError
        With ``"live"``, when the router cannot be read.
    SnapshotError, FileNotFoundError
        With a path.

    Examples
    --------
    >>> load_catalog("documented")
    Catalog(1 model, 5 routes, source='documented', retrieved_at='2026-05-12')
    """
    if scope not in SCOPES:
        raise ValueError(f"scope must be one of {', '.join(map(repr, SCOPES))}, not {scope!r}")
    if source in BUNDLED:
        return bundled(str(source))
    if source == "live":
        return load_live(scope, hub, router)
    if source == "auto":
        return _load_auto(scope, hub, router)
    path = Path(source)
    if path.suffix == "" and not path.exists():
        words = ", ".join(map(repr, ("auto", "live", *BUNDLED)))
        raise ValueError(
            f"source must be one of {words} or the path of a snapshot file; there is no file {str(path)!r}"
        )
    return Catalog.open(path)


@cache
def bundled(name: str) -> Catalog:
    """A bundled snapshot; the same object each time, since a catalogue never changes."""
    return Catalog.open(_SAMPLES / f"{name}.json.gz")


def at_hand(scope: str, router: RouterClient | None = None) -> Catalog:
    """The best catalogue that needs no call: the last good copy, else the bundled sample."""
    path = _last_good(scope, router)
    try:
        return Catalog.open(path)
    except FileNotFoundError:
        return bundled("sample")
    except (SnapshotError, OSError) as error:
        return bundled("sample").with_warnings(f"the last good copy could not be read: {error}")


def load_live(
    scope: str, hub: HubClient | None = None, router: RouterClient | None = None, *, background: bool = False
) -> Catalog:
    """The live catalogue; it is kept as the last good copy. In the background nobody waits for it: see `Pace`."""
    from hfprov_widgets.data.hub import HubClient
    from hfprov_widgets.data.merge import merge
    from hfprov_widgets.data.pace import Pace
    from hfprov_widgets.data.records import ModelList
    from hfprov_widgets.data.router import RouterClient

    pace = Pace(background=background)
    router = router or RouterClient(pace=pace)
    listed = router.list_models()
    warnings = list(listed.warnings)
    hub = hub or HubClient(token=False, pace=pace)  # listing needs none, and what is read without one may be kept
    complete = not stale_line(listed.warnings)
    try:
        if scope == "all":
            facts = hub.list_models("all", limit=None)
        else:
            facts = hub.list_models("all", filter="conversational", sort="trendingScore", limit=1000)
            known = {model.id for model in listed}
            facts = ModelList((model for model in facts if model.id in known), warnings=facts.warnings)
        warnings += facts.warnings
        complete = complete and not stale_line(facts.warnings)
    except HubError as error:
        facts, complete = ModelList(), False
        warnings.append(f"likes, downloads and trending are missing, the Hub's list could not be read: {error}")
    models = ModelList(merge(listed, facts), warnings=warnings)
    # The listing may be a kept reply: the catalogue is as old as that, not as this call.
    read = (route.retrieved_at for model in listed for route in model.routes)
    when = next(read, None) or datetime.now(timezone.utc)
    catalog = Catalog.from_models(models, source=listed.source or "router", retrieved_at=when)
    # A good copy is a whole and new one, and what a token may see is not written where nobody asked for that.
    if complete and router.is_anonymous and hub.is_anonymous:
        _keep(catalog, _last_good(scope, router))
    return catalog


def stale_line(warnings: Iterable[str]) -> str | None:
    """The warning that says that an old copy stands in for an answer, if there is one."""
    return next((line for line in warnings if line.startswith("a copy of ")), None)


def _load_auto(scope: str, hub: HubClient | None, router: RouterClient | None) -> Catalog:
    if offline():
        return at_hand(scope, router)
    try:
        return load_live(scope, hub, router)
    except HubError as error:
        return at_hand(scope, router).with_warnings(f"the live services could not be read: {error}")


def _last_good(scope: str, router: RouterClient | None) -> Path:
    """One copy per service and scope, so that a class server's copy is never taken for the real service's."""
    from platformdirs import user_cache_path

    from hfprov_widgets.data.router import router_base_url

    base_url = router.base_url if router else router_base_url()
    service = hashlib.sha256(base_url.encode()).hexdigest()[:12]
    return user_cache_path("hfprov_widgets") / f"last-good-{scope}-{service}.json.gz"


def _keep(catalog: Catalog, path: Path) -> None:
    """A full disk or a read-only home costs the copy, not the catalogue."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog.save(path)
