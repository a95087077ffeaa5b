// Explorer's front-end: the traits of the picker and of the four views, and ui/explorer.js over them.

import { mountExplorer } from "../ui/explorer.js";
import { widget } from "./afm.js";
import { counting } from "./asking.js";

export default widget({
  kind: "explorer",
  // biome-ignore format: a line for each view
  shared: [
    "view", "model", "value", "query", "filters", "model_sort",
    "columns", "sort", "mix",
    "x", "y",
    "tokens", "calls", "students", "margin", "credit", "credit_for",
    "client", "variant", "policy", "stream",
  ],
  received: ["_counts"],
  typed: new Set(["query", "tokens", "calls", "students", "margin", "credit"]),
  mount: (el, traits, end, model) => mountExplorer(el, traits, end, counting(model, end)),
});
