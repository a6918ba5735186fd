import { CutpointError } from '../../../errors'

/** Throws CutpointError `no-images` or `one-label` unless there are rows of at least two labels. */
export function requireTwoLabels(classes: Int32Array): void {
  if (classes.length === 0) {
    throw new CutpointError('no-images', 'There are no photos to train on.', 'Add photos to at least two labels.')
  }
  if (classes.every((label) => label === classes[0])) {
    throw new CutpointError(
      'one-label',
      'All training photos have the same label, so there is nothing to tell apart.',
      'Add photos of a second label.',
    )
  }
}
