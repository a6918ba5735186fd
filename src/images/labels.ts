/** Names of labels: cleaning, making unique, ordering. Pure, for the page and the worker alike. */
import { CutpointError } from '../errors'

/** Characters (code points) a label name may have. */
export const maxLabelLength = 80

/**
 * A name as typed or as found on a folder, tidied: Unicode composed (macOS stores `é` in two pieces, which would
 * make two labels out of one), control characters and runs of space collapsed, trimmed; without
 * marks that turn the direction of text round, which would reach beyond the name.
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

function tidyName(name: string): string {
  return name
    .normalize('NFC')
    .replace(/\p{Bidi_Control}/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
}
