// Where the names of points stand: beside their mark, inside the frame, on no other name, mark or line.

/** @typedef {{ left: number, top: number, right: number, bottom: number }} Box */
/** @typedef {{ x: number, y: number, text: string }} Wish   the mark's place in px, and its name */
/** @typedef {{ x: number, y: number, anchor: "start" | "middle" | "end" }} Label   of the text's base line */

/** Of the type in the plot: px a character is wide, at most, and how far it goes above and below its line. */
const CHARACTER = 7;
const ASCENT = 10;
const DESCENT = 3;
/** px around a mark. */
const MARK = 6;

/** Above to the right first: no line of the front is there. @type {readonly [dx: number, dy: number, anchor: Label["anchor"]][]} */
const SIDES = [
  [10, -6, "start"],
  [12, 4, "start"],
  [-10, -6, "end"],
  [0, -13, "middle"],
  [10, 15, "start"],
  [-12, 4, "end"],
  [-10, 15, "end"],
  [0, 21, "middle"],
];

/**
 * @param {readonly Wish[]} wishes   the first have the first choice
 * @param {object} around
 * @param {Box} around.frame
 * @param {readonly { x: number, y: number }[]} around.marks
 * @param {readonly Box[]} around.lines   of the front, upright or level
 * @returns {(Label | null)[]}  null: there is no room
 */
export function placeLabels(wishes, { frame, marks, lines }) {
  const taken = [...lines, ...marks.map(({ x, y }) => boxAround(x, y, MARK))];
  return wishes.map(({ x, y, text }) => {
    const own = boxAround(x, y, MARK);
    for (const [dx, dy, anchor] of SIDES) {
      const label = { x: x + dx, y: y + dy, anchor };
      const box = boxOf(label, text);
      const isFree = isInside(box, frame) && !taken.some((other) => overlap(box, other) && !same(other, own));
      if (!isFree) continue;
      taken.push(box);
      return label;
    }
    return null;
  });
}

/**
 * @param {Label} label
 * @param {string} text
 * @returns {Box}
 */
export function boxOf({ x, y, anchor }, text) {
  const width = text.length * CHARACTER;
  const left = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
  return { left, top: y - ASCENT, right: left + width, bottom: y + DESCENT };
}

/** @param {number} x @param {number} y @param {number} by @returns {Box} */
const boxAround = (x, y, by) => ({ left: x - by, top: y - by, right: x + by, bottom: y + by });

/** @param {Box} a @param {Box} b */
const overlap = (a, b) => a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;

/** @param {Box} a @param {Box} b */
const same = (a, b) => a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;

/** @param {Box} inner @param {Box} outer */
const isInside = (inner, outer) =>
  inner.left >= outer.left &&
  inner.right <= outer.right &&
  inner.top >= outer.top &&
  inner.bottom <= outer.bottom;
