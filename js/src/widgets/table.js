// ProviderTable's front-end: its traits as signals, and the view of ui/table.js over them.

import { mountTable } from "../ui/table.js";
import { received, shared, widget } from "./afm.js";

export default widget((model, el, end) => {
  const traits = {
    ...shared(model, ["model", "value", "columns", "filters", "sort", "mix", "_refresh"], end),
    _catalog: received(model, "_catalog", end),
    _freshness: received(model, "_freshness", end),
  };
  mountTable(el, traits, end);
});
