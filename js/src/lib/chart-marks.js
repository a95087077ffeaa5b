// Which points are drawn: routes at the very same spot are one mark, and of very many beaten ones a sample is drawn.

/**
 * The routes that can be compared, those on the front first.
 * @typedef {object} Points
 * @property {Uint32Array} rows
 * @property {Float64Array} x   figures
 * @property {Float64Array} y
 * @property {number} nFront
 */
/**
 * @typedef {object} Mark
 * @property {number[]} rows   more than one: routes with the same figures
 * @property {readonly [x: number, y: number]} figures
 * @property {boolean} isFront
 * @property {number} x   px
 * @property {number} y
 */
/** @typedef {{ x: (figure: number) => number, y: (figure: number) => number, width: number, height: number }} Place */

/** More marks than this would make the page slow, and no eye tells them apart. */
export const MOST_MARKS = 1000;

/**
 * All of the front, and of the others as many as there is room for, from all over the plot.
 * @param {Points} points
 * @param {Place} place
 * @param {number} [wanted]  a row that is drawn in any case
 * @param {number} [most]
 * @returns {Mark[]}
 */
export function marksOf(points, place, wanted = -1, most = MOST_MARKS) {
  const { rows, nFront } = points;
  const front = merged(points, place, 0, nFront, true);
  const room = Math.max(0, most - front.length);
  const beaten =
    rows.length - nFront <= room
      ? merged(points, place, nFront, rows.length, false)
      : sampled(points, place, room, wanted);
  return [...beaten, ...front];
}

/**
 * @param {Points} points
 * @param {Place} place
 * @param {number} start
 * @param {number} end
 * @param {boolean} isFront
 */
function merged({ rows, x, y }, place, start, end, isFront) {
  /** @type {Map<string, Mark>} */
  const marks = new Map();
  for (let i = start; i < end; i++) {
    const spot = `${x[i]} ${y[i]}`;
    const mark = marks.get(spot);
    if (mark) mark.rows.push(rows[i]);
    else
      marks.set(spot, {
        rows: [rows[i]],
        figures: [x[i], y[i]],
        isFront,
        x: place.x(x[i]),
        y: place.y(y[i]),
      });
  }
  return [...marks.values()];
}

/**
 * One of each cell of a net over the plot; the first, and those with its figures.
 * @param {Points} points
 * @param {Place} place
 * @param {number} room
 * @param {number} wanted
 */
function sampled({ rows, x, y, nFront }, place, room, wanted) {
  const side = Math.sqrt((place.width * place.height) / Math.max(1, room));
  const columns = Math.max(1, Math.floor(place.width / side));
  const lines = Math.max(1, Math.floor(room / columns));
  const firstOf = new Int32Array(columns * lines).fill(-1);
  const cellOf = new Uint32Array(rows.length);
  let isWanted = -1;
  for (let i = nFront; i < rows.length; i++) {
    const column = Math.min(columns - 1, Math.max(0, Math.floor((place.x(x[i]) / place.width) * columns)));
    const line = Math.min(lines - 1, Math.max(0, Math.floor((place.y(y[i]) / place.height) * lines)));
    const cell = line * columns + column;
    cellOf[i] = cell;
    if (firstOf[cell] < 0) firstOf[cell] = i;
    if (rows[i] === wanted) isWanted = i;
  }
  if (isWanted >= 0) firstOf[cellOf[isWanted]] = isWanted;
  /** @type {Map<number, Mark>} */
  const marks = new Map();
  for (let i = nFront; i < rows.length; i++) {
    const first = firstOf[cellOf[i]];
    if (x[i] !== x[first] || y[i] !== y[first]) continue;
    const mark = marks.get(first);
    if (mark) mark.rows.push(rows[i]);
    else {
      const at = { x: place.x(x[i]), y: place.y(y[i]) };
      marks.set(first, { rows: [rows[i]], figures: [x[i], y[i]], isFront: false, ...at });
    }
  }
  return [...marks.values()];
}

/**
 * The mark nearest to a spot, as its position; -1: none is near.
 * @param {readonly Mark[]} marks
 * @param {number} x
 * @param {number} y
 * @param {number} within  px
 */
export function nearest(marks, x, y, within) {
  let [best, least] = [-1, within * within];
  marks.forEach((mark, at) => {
    const distance = (mark.x - x) ** 2 + (mark.y - y) ** 2;
    if (distance <= least) [best, least] = [at, distance];
  });
  return best;
}

/**
 * The marks of the front from left to right.
 * @param {readonly Mark[]} marks
 * @returns {Mark[]}
 */
export const frontInOrder = (marks) =>
  marks.filter(({ isFront }) => isFront).sort((a, b) => a.x - b.x || a.y - b.y);
