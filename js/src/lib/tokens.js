// How many tokens a text has, estimated as Python's data/tokens.py does.

export const ESTIMATED = "estimate: characters / 4, English prose, ±30 %";

/**
 * A quarter of the characters, rounded up; characters are code points, as Python counts them.
 * @param {string} text
 * @returns {number}
 */
export function estimateTokens(text) {
  let characters = text.length;
  for (let i = 1; i < text.length; i++) {
    if ((text.charCodeAt(i - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(i) & 0xfc00) === 0xdc00)
      characters--;
  }
  return Math.ceil(characters / 4);
}
