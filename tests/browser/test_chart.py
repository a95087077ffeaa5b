"""ProviderChart: what is drawn, and what is said of it."""

from __future__ import annotations

import re

from playwright.sync_api import expect

import hfprov_widgets as hfp

from .charts import DEEPSEEK, DOCUMENTED, SAMPLE, centre, names, points, priced
from .plain import Plain


def test_the_documented_example_reads_as_it_should(plain: Plain) -> None:
    root = plain.show(hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED))
    assert sorted(points(root)) == [
        "deepinfra, $2.18 per 1M tokens, 35 tokens/s, on the front",
        "novita, $2.11 per 1M tokens, 25 tokens/s, on the front",
        "together, $2.68 per 1M tokens, 40 tokens/s, on the front",
    ]
    assert sorted(names(root)) == ["deepinfra", "novita", "together"]
    expect(root.locator(".hfp-title")).to_contain_text("3 comparable · 2 not (no price published)")
    expect(root.locator(".hfp-details")).to_have_text(
        "All 3 are on the front: each is cheaper or faster than the others."
    )
    expect(root.locator(".hfp-notes")).to_contain_text("2 not comparable: 2 no price published, 1 no speed published")
    titles = root.locator(".hfp-axis-title").all_text_contents()
    assert titles == ["cheaper → $ / 1M tokens, 3 : 1 mix", "faster → tokens / s"]
    cheap, fast = centre(root, "novita"), centre(root, "together")
    assert cheap[0] > fast[0], "cheaper is to the right"
    assert cheap[1] > fast[1], "faster is up"


def test_the_staircase_leaves_what_is_beaten_below_it(plain: Plain) -> None:
    rows = [("a", 1.0, 10.0), ("b", 2.0, 20.0), ("c", 3.0, 25.0), ("low", 2.5, 15.0)]
    root = plain.show(hfp.ProviderChart("org/m", catalog=priced(rows)))
    path = root.locator(".hfp-stairs").get_attribute("d") or ""
    turns = re.findall(r"[MVH][\d.,]+", path)
    assert [turn[0] for turn in turns] == list("MVHVH"), "down to the height of the next, then across to it"
    stairs = root.locator(".hfp-stairs")
    inside = stairs.evaluate(
        """(path, [x, y]) => {
          const point = new DOMPoint(x, y).matrixTransform(path.getScreenCTM().inverse());
          const steps = path.getAttribute("d").match(/[VH][\\d.]+/g).map((s) => Number(s.slice(1)));
          return [point.x, point.y, ...steps];
        }""",
        list(centre(root, "low")),
    )
    x, y, *steps = inside
    corners = [(steps[0], steps[1]), (steps[2], steps[3])]  # height, then how far to the right
    assert any(y > height and x < right for height, right in corners)


def test_a_wide_spread_is_drawn_on_a_log_scale_and_zero_has_its_own_place(plain: Plain) -> None:
    rows = [("free", 0.0, 10.0), ("a", 0.1, 30.0), ("b", 5.0, 60.0)]
    root = plain.show(hfp.ProviderChart("org/m", catalog=priced(rows)))
    expect(root.locator(".hfp-axis-title").first).to_have_text("cheaper → $ / 1M tokens, 3 : 1 mix, log scale")
    expect(root.locator(".hfp-axis-title").last).to_have_text("faster → tokens / s")
    assert "0.00" in root.locator(".hfp-tick").all_text_contents()
    line = root.locator(".hfp-break")
    expect(line).to_have_count(1)
    box = line.bounding_box()
    assert box
    assert centre(root, "a")[0] < box["x"] < centre(root, "free")[0]
    expect(root.locator(".hfp-details")).to_contain_text("All 3 are on the front")


def test_routes_with_the_same_figures_are_one_point_and_both_can_be_chosen(plain: Plain) -> None:
    rows = [("a", 1.0, 10.0), ("twin", 1.0, 10.0), ("b", 2.0, 5.0)]
    root = plain.show(hfp.ProviderChart("org/m", catalog=priced(rows)))
    assert len(points(root)) == 2
    assert "a + 1" in names(root)
    both = root.get_by_role("button", name=re.compile("^a, twin,"))
    both.click()
    expect(root.locator(".hfp-chosen")).to_contain_text("org/m:a")
    expect(root.locator(".hfp-details")).to_contain_text("2 routes here, also twin")
    both.click()
    expect(root.locator(".hfp-chosen")).to_contain_text("org/m:twin")


def test_no_name_stands_on_another_or_outside(plain: Plain) -> None:
    for width in (1000, 320):
        plain.clear()
        plain.page.set_viewport_size({"width": width, "height": 900})
        root = plain.show(hfp.ProviderChart(SAMPLE, x="price_output", y="context_length"))
        frame = root.locator(".hfp-plot").bounding_box()
        boxes = [label.bounding_box() for label in root.locator(".hfp-point-name, .hfp-tick").all()]
        assert frame
        assert len(boxes) > 6
        for at, box in enumerate(boxes):
            assert box
            assert box["x"] >= frame["x"], width
            assert box["x"] + box["width"] <= frame["x"] + frame["width"], width
            for other in boxes[:at]:
                assert other
                apart = (
                    box["x"] + box["width"] <= other["x"] + 1
                    or other["x"] + other["width"] <= box["x"] + 1
                    or box["y"] + box["height"] <= other["y"] + 4
                    or other["y"] + other["height"] <= box["y"] + 4
                )
                assert apart, (width, box, other)


def test_of_very_many_points_a_part_is_drawn_and_said(plain: Plain) -> None:
    chance = 12345
    rows = []
    for n in range(6000):
        chance = chance * 48271 % 2147483647
        rows.append((f"p{n}", 0.5 + chance % 997 / 100, 10.0 + chance % 1009))
    root = plain.show(hfp.ProviderChart("org/m", catalog=priced(rows)))
    note = root.locator(".hfp-notes")
    expect(note).to_contain_text("of 6,000 points drawn, all of the front")
    drawn = root.locator(".hfp-point").count()
    assert 300 < drawn <= 2000
    on_front = len(hfp.ProviderChart("org/m", catalog=priced(rows)).front)
    expect(root.locator(".hfp-plot")).to_have_attribute("aria-label", re.compile(f"{on_front} on the front"))


def test_where_nothing_can_be_compared_other_axes_are_offered(plain: Plain) -> None:
    llama = "meta-llama/Llama-3.3-70B-Instruct"
    root = plain.show(hfp.ProviderChart(llama, catalog=SAMPLE))
    expect(root.locator(".hfp-none")).to_contain_text("No route can be compared by price for the mix and speed")
    expect(root.locator(".hfp-none")).to_contain_text("5 no speed published")
    root.get_by_role("button", name="price for the mix and context").click()
    expect(root.locator(".hfp-point")).not_to_have_count(0)
    expect(root.get_by_role("button", name="y: context")).to_be_visible()


def test_a_beaten_point_says_by_whom(plain: Plain) -> None:
    rows = [("a", 1.0, 50.0), ("b", 2.0, 50.0), ("c", 3.0, 20.0)]
    root = plain.show(hfp.ProviderChart("org/m", catalog=priced(rows)))
    root.get_by_role("button", name=re.compile("^b,")).hover()
    expect(root.locator(".hfp-details")).to_contain_text("beaten by a (cheaper, as fast)")
    root.get_by_role("button", name=re.compile("^c,")).hover()
    expect(root.locator(".hfp-details")).to_contain_text("beaten by a (cheaper, faster)")
    expect(root.locator(".hfp-on-front")).to_have_count(1)


def test_an_axis_cannot_be_both(plain: Plain) -> None:
    root = plain.show(hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED))
    root.get_by_role("button", name="x: price for the mix").click()
    speed = root.get_by_role("menuitemradio", name="speed")
    expect(speed).to_have_attribute("aria-disabled", "true")
    expect(speed).to_contain_text("is the y axis")
    root.get_by_role("menuitemradio", name="output price").click()
    expect(root.locator(".hfp-axis-title").first).to_have_text("cheaper → $ / 1M output tokens")
    expect(root.get_by_role("button", name="My mix")).to_have_count(0)
    expect(root.locator(".hfp-details")).to_contain_text("each is cheaper in output or faster")


def test_the_width_of_the_page_is_used(plain: Plain) -> None:
    root = plain.show(hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED))
    svg = root.locator(".hfp-plot")
    expect(svg).to_have_attribute("viewBox", "0 0 982 300")
    plain.page.set_viewport_size({"width": 320, "height": 900})
    expect(svg).to_have_attribute("viewBox", "0 0 302 240")
    assert "deepinfra" in names(root)


def test_a_zero_says_what_kind_it_is(plain: Plain) -> None:
    routes = tuple(
        hfp.Route("org/m", name, status="live", price_input=0.0, price_output=price, throughput=speed, is_free=free)
        for name, price, speed, free in (
            ("promo", 0.0, 9.0, True),
            ("listed", 0.0, 8.0, False),
            ("paid", 1.0, 20.0, None),
        )
    )
    catalog = hfp.Catalog.from_models([hfp.Model("org/m", routes=routes)], source="mine", retrieved_at="2026-11-23")
    root = plain.show(hfp.ProviderChart("org/m", catalog=catalog, x="price_output", value="org/m:listed"))
    said = {label.partition(",")[0]: label for label in points(root)}
    assert "(promo)" in said["promo"]
    assert "(listed at zero)" in said["listed"]
    assert "(" not in said["paid"]
    expect(root.locator(".hfp-details")).to_contain_text("(listed at zero)")


def test_each_provider_has_a_shape_of_its_own(plain: Plain) -> None:
    root = plain.show(hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED))
    shapes = root.locator(".hfp-point > path").evaluate_all("paths => paths.map((path) => path.getAttribute('d'))")
    assert len(shapes) == 3
    assert len({re.sub(r"[-.0-9]+", "", shape) + str(len(shape)) for shape in shapes}) == 3, shapes
