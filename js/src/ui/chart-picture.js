// The drawing as a file of its own: its colours and type written into it, with title and source, asking for nothing else.

/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */
/** @typedef {{ title: string, source: string, name: string, kind: "svg" | "png" }} Picture */

const SVG = "http://www.w3.org/2000/svg";
/** What of the page's style makes the drawing. */
const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "stroke-linejoin",
  "font-family",
  "font-size",
  "font-weight",
  "paint-order",
];
/** What the page needs of an element, and a picture does not. */
const OF_THE_PAGE = /^(class|role|tabindex|aria-.*|data-.*)$/;
/** Characters that a name may hold and XML may not. */
const NOT_IN_XML = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
/** px above and below the drawing, for title and source. */
const HEAD = 34;
const FOOT = 26;
/** Pixels of a PNG for each px. */
const SCALE = 2;

/**
 * @param {SVGSVGElement} svg
 * @param {Picture} picture
 * @param {Signal<import("./copied.js").Copied>} told
 */
export async function savePicture(svg, { title, source, name, kind }, told) {
  const { text, width, height } = standalone(svg, title, source);
  const file = `${name.replace(/[^\w.-]+/g, "-")}.${kind}`;
  try {
    if (mayNotSave()) throw new Error("no downloads");
    const bytes = new Blob([text], { type: "image/svg+xml" });
    save(kind === "svg" ? bytes : await painted(text, width, height), file);
    told.value = { words: `Saved: ${file}`, text: "" };
  } catch {
    told.value = { words: "This page may not save a file; take the SVG from here:", text };
  }
}

/**
 * @param {SVGSVGElement} svg
 * @param {string} title
 * @param {string} source
 */
export function standalone(svg, title, source) {
  const { width, height: inner } = svg.viewBox.baseVal;
  const height = inner + HEAD + FOOT;
  const root = svg.closest(".hfp") ?? svg;
  const { backgroundColor: paper, color: ink, fontFamily } = getComputedStyle(root);
  const muted = getComputedStyle(svg.querySelector(".hfp-tick") ?? svg).fill;
  const picture = document.createElementNS(SVG, "svg");
  const write = (
    /** @type {string} */ tag,
    /** @type {Record<string, string | number>} */ attributes,
    text = "",
  ) => {
    const element = picture.appendChild(document.createElementNS(SVG, tag));
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    element.textContent = text;
    return element;
  };
  for (const [key, value] of Object.entries({
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
  }))
    picture.setAttribute(key, String(value));
  write("title", {}, title);
  write("rect", { width, height, fill: paper });
  write(
    "text",
    { x: 14, y: 22, fill: ink, "font-family": fontFamily, "font-size": 13, "font-weight": 600 },
    title,
  );
  const drawing = write("g", { transform: `translate(0 ${HEAD})` });
  for (const child of svg.children) drawing.append(copy(child));
  const foot = { x: 14, y: height - 10, fill: muted, "font-family": fontFamily, "font-size": 11 };
  write("text", foot, `Source: ${source}`);
  const text = new XMLSerializer().serializeToString(picture).replace(NOT_IN_XML, "\uFFFD");
  return { text, width, height };
}

/** @param {Element} element @returns {Node} */
function copy(element) {
  const style = getComputedStyle(element);
  if (element.matches(".hfp-finger")) return document.createTextNode("");
  const twin = /** @type {Element} */ (element.cloneNode(false));
  for (const { name } of [...twin.attributes]) if (OF_THE_PAGE.test(name)) twin.removeAttribute(name);
  if (element.localName !== "g")
    for (const name of STYLES) {
      const value = style.getPropertyValue(name);
      if (value && (element.localName === "text" || !name.startsWith("font"))) twin.setAttribute(name, value);
    }
  if (element.children.length) for (const child of element.children) twin.append(copy(child));
  else twin.textContent = element.textContent;
  return twin;
}

/** @param {string} text @param {number} width @param {number} height @returns {Promise<Blob>} */
async function painted(text, width, height) {
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))));
  });
}

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A frame without that permission drops a download and says nothing; such frames have no origin, or say what they allow. */
function mayNotSave() {
  if (self !== parent && origin === "null") return true;
  try {
    const frame = /** @type {HTMLIFrameElement | null} */ (frameElement);
    return frame?.hasAttribute("sandbox") === true && !frame.sandbox.contains("allow-downloads");
  } catch {
    return false;
  }
}
