// ModelPicker's front-end: its traits as signals, and the view of ui/picker.js over them.

import { mountPicker } from "../ui/picker.js";
import { received, shared, widget } from "./afm.js";

const TYPED = new Set(["query"]);

export default widget((model, el, end) => {
  const traits = {
    ...shared(model, ["value", "query", "filters", "sort", "_refresh"], end, TYPED),
    _catalog: received(model, "_catalog", end),
    _freshness: received(model, "_freshness", end),
    multiple: received(model, "multiple", end),
  };
  mountPicker(el, traits, end);
});
