export interface MarkedText {
  readonly text: string
  /** Whether a word of the query stands here. */
  readonly hit: boolean
}

/** A text in pieces, those apart that a word of the query matched. */
export function marked(text: string, query: string): MarkedText[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const lower = text.toLowerCase()
  // Lower case may be longer than the text (İ); then places in one are not those in the other.
  if (words.length === 0 || lower.length !== text.length) return [{ text, hit: false }]
  const hits = new Array<boolean>(text.length).fill(false)
  for (const word of words) {
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) {
      hits.fill(true, at, at + word.length)
    }
  }
  const pieces: MarkedText[] = []
  let start = 0
  for (let i = 1; i <= text.length; i++) {
    if (i < text.length && hits[i] === hits[start]) continue
    pieces.push({ text: text.slice(start, i), hit: hits[start] })
    start = i
  }
  return pieces
}
