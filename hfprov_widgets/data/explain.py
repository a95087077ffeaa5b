"""Sentences about a choice and about a front: what was found, what was left out, and no more than the data says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from hfprov_widgets.data.choose import GOALS, Choice
from hfprov_widgets.data.columns import ROUTE_COLUMNS, Mix
from hfprov_widgets.data.figures import cost_per_call, counted, figure_of
from hfprov_widgets.data.formatting import display_key, exact_number, format_value, suspect_price, text_key
from hfprov_widgets.data.marks import PolicyChoice
from hfprov_widgets.data.reasons import Dropped, amount, as_last_seen
from hfprov_widgets.data.records import Route

if TYPE_CHECKING:
    from hfprov_widgets.data.pareto import ParetoFront

_NOUNS = {"cost": "price", "speed": "speed", "latency": "time to first token", "balanced": "price for its speed"}


def explain_choice(choice: Choice) -> str:
    """See `Choice.explain`."""
    total = len(choice.kept) + len(choice.dropped)
    if total == 0:
        return nothing_to_choose_from(choice.model)
    first = _nothing_fits(choice) if choice.route is None else _chosen(choice, choice.route)
    return " ".join(filter(None, [first, left_out(choice.dropped, total), _policies(choice)]))


def explain_front(front: ParetoFront) -> str:
    """See `ParetoFront.explain`."""
    n_front, n_dominated, n_not = len(front.front), len(front.dominated), len(front.not_comparable)
    total = n_front + n_dominated + n_not
    axes = _listed([_axis(name, front.mix) for name in front.axes], "and")
    if total == 0:
        return f"No routes to compare by {axes}."
    sentences = [f"No route can be compared by {axes}."]
    if n_front:
        names = [name_of(route, front.model) for route in front.front[:6]]
        names += [f"{n_front - 6:,} more"] if n_front > 6 else []
        stand = "stands" if n_front == 1 else "stand"
        routes = "1 route" if total == 1 else f"{total:,} routes"
        sentences = [f"On the front of {axes} {stand} {n_front:,} of {routes}: {_listed(names, 'and')}."]
    if n_dominated:
        verb = "is" if n_dominated == 1 else "are"
        sentences.append(f"{n_dominated:,} {verb} dominated: another is no worse in all of it and better in one.")
    if n_not:
        sentences.append(f"{n_not:,} cannot be compared: {_counted(front.not_comparable)}.")
    return " ".join(sentences)


def _chosen(choice: Choice, route: Route) -> str:
    seen = f", {as_last_seen(route)}," if choice.dated_rows else ""
    who = f"{name_of(route, (route.model,))}{seen}"
    doubt = (
        "; its price is in doubt" if choice.optimize in ("speed", "latency") and _in_doubt(route, choice.mix) else ""
    )
    return f"{who} serves {route.model} {_figure(choice, route)}, {_lead(choice, route)}{doubt}."


def _figure(choice: Choice, route: Route) -> str:
    if choice.optimize == "latency":
        return f"with the first token after {_probe(route, 'first_token_latency_ms')}"
    parts = []
    if choice.optimize in ("cost", "balanced"):
        of = f"for a mix of {_ratio(choice.mix)}"
        unit = f"call of {choice.tokens[0]:,} + {choice.tokens[1]:,} tokens" if choice.tokens else f"1M tokens {of}"
        parts.append(f"{_money(choice, route)} per {unit}{zero_words(route, choice.mix)}")
    if choice.optimize in ("speed", "balanced"):
        parts.append(_probe(route, "throughput"))
    return f"at {' and '.join(parts)}"


def _lead(choice: Choice, route: Route) -> str:
    """How the route stands to the runner-up."""
    other = choice.runner_up
    if other is None:
        return "the only route left" if choice.dropped else "the only route there is"
    name = name_of(other, (route.model,))
    if choice.margin == 0:
        return f"the same {_NOUNS[choice.optimize]}{_tie(choice, route, other, name)}"
    more = "more" if choice.optimize == "speed" else "less for its speed" if choice.optimize == "balanced" else "less"
    percent = "" if choice.margin_percent is None else f"{_percent(choice.margin_percent)} % "
    return f"{percent}{more} than the next, {name} ({_short(choice, other)})"


def _tie(choice: Choice, route: Route, other: Route, name: str) -> str:
    """What decided between two that look the same."""
    second = GOALS[choice.optimize][1]
    by_speed = second == "throughput"
    read, kind = figure_of(second, choice.mix), ROUTE_COLUMNS[second].kind
    noun, better = ("speed", "faster") if by_speed else ("price", "cheaper")
    own, others = display_key(kind, read(route)), display_key(kind, read(other))
    if own is not None and others is None:
        doubtful = not by_speed and _in_doubt(other, choice.mix)
        return f" as {name}, whose {noun} is {'in doubt' if doubtful else 'not published'}"
    if own != others:
        texts = [_probe(r, "throughput") if by_speed else _money(choice, r) for r in (route, other)]
        return f" as {name}, but {better} ({texts[0]} against {texts[1]})"
    return f"{'' if own is None else f' and {noun}'} as {name}, first by {_decided_by(choice, route, other)}"


def _decided_by(choice: Choice, route: Route, other: Route) -> str:
    for at, name in enumerate(GOALS[choice.optimize]):
        figure = figure_of(name, choice.mix)
        if figure(route) != figure(other):
            return "the exact figures" if at < 2 else ROUTE_COLUMNS[name].said
    return "name"


def _short(choice: Choice, route: Route) -> str:
    if choice.optimize == "cost":
        return f"{_money(choice, route)}{zero_words(route, choice.mix)}"
    if choice.optimize == "balanced":
        return f"{_money(choice, route)}{zero_words(route, choice.mix)}, {_probe(route, 'throughput')}"
    return _probe(route, "throughput" if choice.optimize == "speed" else "first_token_latency_ms")


def _nothing_fits(choice: Choice) -> str:
    fits = "meets all of it" if choice.require else "can be compared"
    nearest = choice.nearest
    assert nearest is not None
    return (
        f"No route {scope(choice.model)} {fits}. "
        f"Nearest: {name_of(nearest.route, choice.model)}, but {' and '.join(nearest.reasons)}."
    )


def nothing_to_choose_from(models: tuple[str, ...] | None) -> str:
    """Where there is not even a route."""
    if models is None:
        return "This catalogue has no routes."
    if len(models) == 1:
        return f"{models[0]} has no route in this catalogue."
    return f"These {len(models):,} models have no route in this catalogue."


def scope(models: tuple[str, ...] | None) -> str:
    """Of which routes a sentence speaks."""
    if models is None:
        return "in this catalogue"
    return f"of {models[0]}" if len(models) == 1 else f"of these {len(models):,} models"


def left_out(dropped: Sequence[Dropped], total: int) -> str:
    """How many of all routes take no part, and why; nothing to say where there is one route only."""
    if not dropped or total == 1:
        return ""
    count = len(dropped)
    everyone = "Both routes" if total == 2 else f"All {total:,} routes"
    who = everyone if count == total else f"{count:,} of {total:,} routes"
    return f"{who} {'was' if count == 1 else 'were'} left out: {_counted(dropped)}."


def _counted(dropped: Iterable[Dropped]) -> str:
    rows = list(dropped)
    counts = Counter(group for one in rows for group in one.groups)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], text_key(item[0])))
    several = " (some for several reasons)" if counts.total() > len(rows) else ""
    return ", ".join(f"{count:,} {group}" for group, count in ordered) + several


def _policies(choice: Choice) -> str:
    route = choice.route or (choice.nearest and choice.nearest.route)
    assert route
    cheapest, fastest = choice.policies["cheapest"], choice.policies["fastest"]
    whose = "The router's" if choice.model == (route.model,) else f"For {route.model} the router's"
    if cheapest.providers:
        first = f":cheapest would take {_listed(cheapest.providers, 'or')} (output price alone{_few(cheapest, '; ')})"
    else:
        first = ":cheapest is unknown here (no output price published)"
    if fastest.providers:
        take = "" if cheapest.providers else "would take "
        few = _few(fastest, "")
        second = f":fastest {take}{_listed(fastest.providers, 'or')}{f' ({few})' if few else ''}"
    else:
        second = ":fastest is unknown here (no speed published)"
    return f"{whose} {first}, {second}; :preferred depends on your account."


def _few(policy: PolicyChoice, before: str) -> str:
    return f"{before}{policy.published} of {policy.of} publish it" if policy.published < policy.of else ""


def name_of(route: Route, models: tuple[str, ...] | None) -> str:
    """A provider; with its task where that tells it apart, with its model where that is not clear."""
    task = f" ({route.task})" if route.shares_pair and route.task else ""
    return f"{route.provider}{task}" if models == (route.model,) else f"{route.provider}{task} with {route.model}"


def _money(choice: Choice, route: Route) -> str:
    """The price of the mix, or of one call where its tokens are given."""
    price = (
        figure_of("price_blended", choice.mix)(route) if choice.tokens is None else cost_per_call(route, choice.tokens)
    )
    return amount("blended", format_value("blended", price))


def zero_words(route: Route, mix: Mix) -> str:
    """What kind of zero a price is, where it is one."""
    if figure_of("price_blended", mix)(route) != 0:
        return ""
    return " (promo)" if route.is_free else " (listed at zero)"


def _probe(route: Route, name: str) -> str:
    """A speed figure, with the day it was read where that is not the day of the row."""
    kind = ROUTE_COLUMNS[name].kind
    text = amount(kind, format_value(kind, getattr(route, name)))
    read, row = route.metrics_retrieved_at, route.retrieved_at
    return f"{text} as read {read[:10]}" if read and row and read[:10] != row[:10] else text


def _in_doubt(route: Route, mix: Mix) -> bool:
    return any(suspect_price(getattr(route, name)) for name in counted("price_blended", mix))


def _percent(percent: float) -> str:
    text = format_value("milliseconds", percent)
    return "under 1" if text == "0" else "over 99" if text == "100" and percent < 100 else text


def _ratio(mix: Mix) -> str:
    return " : ".join(exact_number(part) for part in mix)


def _axis(name: str, mix: Mix) -> str:
    return f"price for a mix of {_ratio(mix)}" if name == "price_blended" else ROUTE_COLUMNS[name].said


def _listed(words: Sequence[str], last: str) -> str:
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
