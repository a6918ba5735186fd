/** Names of labels: cleaning, making unique, ordering. Pure, for the page and the worker alike. */
import { CutpointError } from '../errors'

/** Characters (code points) a label name may have. */
export const maxLabelLength = 80

/**
 * A name as typed or as found on a folder, tidied: Unicode composed (macOS stores `é` in two pieces, which would
 * make two labels out of one), control characters and runs of space collapsed, trimmed.
 * Throws `bad-name` where nothing is left or the name is too long.
 */
export function cleanLabel(name: string): string {
  const tidy = tidyName(name)
  if (tidy === '') {
    throw new CutpointError('bad-name', 'A label needs a name.', 'Type at least one letter or digit.', { name })
  }
  const length = Array.from(tidy).length
  if (length > maxLabelLength) {
    throw new CutpointError(
      'bad-name',
      `The name is ${length} characters long, and a label may have ${maxLabelLength}.`,
      'Choose a shorter name.',
      { name, length, maxLength: maxLabelLength },
    )
  }
  return tidy
}

/** The label a folder's name stands for: tidied, cut to the longest allowed, null where nothing is left. */
export function labelFromFolder(folder: string): string | null {
  const tidy = Array.from(tidyName(folder)).slice(0, maxLabelLength).join('').trim()
  return tidy === '' ? null : tidy
}

/** `name`, or `name 2`, `name 3`, … : the first that is not among `taken`. Case counts: `Cat` and `cat` are two labels. */
export function uniqueLabel(name: string, taken: Iterable<string>): string {
  const used = new Set(taken)
  if (!used.has(name)) return name
  for (let number = 2; ; number++) {
    const suffix = ` ${number}`
    const room = maxLabelLength - suffix.length
    const candidate = Array.from(name).slice(0, room).join('') + suffix
    if (!used.has(candidate)) return candidate
  }
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Order for `sort` in which `img2` comes before `img10` and case hardly matters; never 0 for different names. */
export function compareNaturally(a: string, b: string): number {
  const natural = collator.compare(a, b)
  if (natural !== 0 || a === b) return natural
  return a < b ? -1 : 1
}

/** A sorted copy, in natural order. */
export function sortNaturally(names: Iterable<string>): string[] {
  return [...names].sort(compareNaturally)
}

function tidyName(name: string): string {
  return name
    .normalize('NFC')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
}
