// RouteSnippet's front-end: its traits, and the view of ui/snippet.js over them.

import { mountSnippet } from "../ui/snippet.js";
import { widget } from "./afm.js";

export default widget({
  kind: "snippet",
  shared: ["model", "value", "policy", "client", "variant", "stream"],
  mount: mountSnippet,
});
