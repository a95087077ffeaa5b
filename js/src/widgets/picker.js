// ModelPicker's front-end: its traits, and the view of ui/picker.js over them.

import { mountPicker } from "../ui/picker.js";
import { widget } from "./afm.js";

export default widget({
  kind: "picker",
  shared: ["value", "query", "filters", "sort"],
  typed: new Set(["query"]),
  received: ["multiple"],
  mount: (el, traits, end) => mountPicker(el, traits, end),
});
