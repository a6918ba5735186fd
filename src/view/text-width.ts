/** Text in a picture that whoever opens it sets in a font of their own: widths are estimated, and held to. */

/** Widths of sans-serif characters in em, the common ones by class; those of wide fonts, so that text stays inside. */
const narrow = /[iljtfrI.,:;'`|!()[\]{}/\\ -]/
const wide = /[mwMWGOQ@%&…—]/
const capital = /[A-Z_+=<>#×→0-9]/
/** Full-width scripts and emoji. */
const square = /[ᄀ-ᇿ⺀-ꓐ가-힣豈-﫿＀-｠\u{1f000}-\u{1faff}]/u

function emOf(character: string): number {
  if (narrow.test(character)) return 0.36
  if (capital.test(character)) return 0.66
  if (wide.test(character)) return 0.92
  return square.test(character) ? 1.05 : 0.58
}

/** An estimate of a text's width, in pixels. */
export function textWidth(text: string, size: number, bold = false): number {
  let em = 0
  for (const character of text) em += emOf(character)
  return em * size * (bold ? 1.06 : 1)
}

/** The text as far as it fits, with an ellipsis for the rest. */
export function fitted(text: string, room: number, size: number, bold = false): string {
  if (textWidth(text, size, bold) <= room) return text
  let left = room - textWidth('…', size, bold)
  let shown = ''
  for (const character of text) {
    left -= textWidth(character, size, bold)
    if (left < 0) break
    shown += character
  }
  return `${shown.trimEnd()}…`
}

/** In one line if it fits, else in two that break between words, the second cut off where it must be. */
export function twoLines(text: string, room: number, size: number, bold = false): string[] {
  if (textWidth(text, size, bold) <= room) return [text]
  const words = text.split(' ')
  let count = words.length - 1
  while (count > 1 && textWidth(words.slice(0, count).join(' '), size, bold) > room) count -= 1
  if (count < 1) return [fitted(text, room, size, bold)]
  const [first, second] = [words.slice(0, count).join(' '), words.slice(count).join(' ')]
  return [first, second].map((line) => fitted(line, room, size, bold))
}

/** Above this share of its room a text's length is set, as another font might make it longer. */
const tight = 0.8

/** The attribute that keeps a text within its room in any font; '' where there is room to spare. */
export function heldLength(text: string, room: number, size: number, bold = false): string {
  const width = textWidth(text, size, bold)
  return width > tight * room ? ` textLength="${round(Math.min(width, room))}" lengthAdjust="spacingAndGlyphs"` : ''
}

/** All but the characters of XML 1.0 (section 2.2): controls, halves of surrogate pairs, U+FFFE and U+FFFF. */
const forbidden = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

/** Any text as XML text or as the value of an attribute; what XML does not allow becomes U+FFFD. */
export function escaped(text: string): string {
  return text.replace(forbidden, '\ufffd').replace(/[&<>"\t\n\r]/g, (character) => entities[character] ?? character)
}

/** To a tenth of a pixel. */
export const round = (value: number): number => Math.round(value * 10) / 10
