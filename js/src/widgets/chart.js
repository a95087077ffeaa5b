// ProviderChart's front-end: its traits, and the view of ui/chart.js over them.

import { mountChart } from "../ui/chart.js";
import { widget } from "./afm.js";

export default widget({
  kind: "chart",
  shared: ["model", "value", "x", "y", "filters", "mix"],
  mount: mountChart,
});
