/** Marks that turn the direction of text round, and control characters but for line breaks and tabs. */
const hidden = /[\p{Bidi_Control}\p{Cc}]/gu
const kept: ReadonlySet<string> = new Set(['\n', '\r', '\t'])

/**
 * A sentence with names in it, as it may be shown: marks in a file's, label's or node's name that would turn round what
 * stands after them are written out (`[U+202E]`), so that the sentence reads as it was written and the name is still told from others.
 */
export function withMarksShown(text: string): string {
  return text.replace(hidden, (mark) =>
    kept.has(mark) ? mark : `[U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
  )
}

/** A name in quotation marks within a sentence, its own marks written out. */
export const quoted = (name: string): string => `“${withMarksShown(name)}”`
