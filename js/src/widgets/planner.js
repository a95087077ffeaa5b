// BudgetPlanner's front-end: its traits, the view of ui/planner.js over them, and how a text reaches its tokenizer.

import { mountPlanner } from "../ui/planner.js";
import { widget } from "./afm.js";
import { counting } from "./asking.js";

export default widget({
  kind: "planner",
  shared: ["model", "value", "filters", "tokens", "calls", "students", "margin", "credit", "credit_for"],
  typed: new Set(["tokens", "calls", "students", "margin", "credit"]),
  received: ["_counts"],
  mount: (el, traits, end, model) => mountPlanner(el, traits, end, counting(model, end)),
});
