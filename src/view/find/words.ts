/** One word of a query. */
export interface Word {
  readonly text: string
  /** For `7x7` and `7×7`: how shapes are written; null for what is no shape. */
  readonly shape: string | null
}

/** Whether a query is written as tensors are, `node:0`. */
export const namesTensor = (query: string): boolean => query.trim().endsWith(':0')

/** The words of a query, lower-cased. `node:0` is looked for as the node's name, as that is how it is written there. */
export function wordsOf(query: string): readonly Word[] {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map((text) => ({
      text: text.length > 2 && text.endsWith(':0') ? text.slice(0, -2) : text,
      shape: /^(batch|\?|\d+)([x×*](\?|\d+)?)+$/.test(text) ? text.replaceAll(/[x*]/g, '×') : null,
    }))
}

/** Whether a word is in a lower-cased text. */
export function holds({ text: word, shape }: Word, text: string): boolean {
  return text.includes(word) || (shape !== null && holdsShape(shape, text))
}

/** Whether sizes come up with no digit before them: `7×7` is in `7×7×320`, not in `17×7`. */
export function holdsShape(sizes: string, text: string): boolean {
  for (let at = text.indexOf(sizes); at >= 0; at = text.indexOf(sizes, at + 1)) {
    const before = at === 0 ? NaN : text.charCodeAt(at - 1)
    if (!(before >= 48 && before <= 57)) return true
  }
  return false
}
