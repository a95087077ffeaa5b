// ProviderTable's front-end: its traits, and the view of ui/table.js over them.

import { mountTable } from "../ui/table.js";
import { widget } from "./afm.js";

export default widget({
  kind: "table",
  shared: ["model", "value", "columns", "filters", "sort", "mix"],
  mount: mountTable,
});
