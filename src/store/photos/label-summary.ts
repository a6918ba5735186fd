import { groupBy } from '../../images/group-by'
import type { LabelSummary } from '../../types'
import { getState, type State } from '../state/state'
import type { Photo } from '../state/types'

/** Labels with how many photos they have in each part. */
export function summariseLabels(): LabelSummary[] {
  const { labels, photos } = getState()
  const summaries = new Map(
    labels.map((label) => [label, { label, images: 0, parts: { train: 0, validation: 0, test: 0 } }]),
  )
  for (const { label, part } of photos) {
    const summary = summaries.get(label)
    if (!summary) continue
    summary.images++
    summary.parts[part]++
  }
  return [...summaries.values()]
}

const none: readonly Photo[] = []
let grouped: { readonly photos: readonly Photo[]; readonly byLabel: Map<string, readonly Photo[]> } = {
  photos: none,
  byLabel: new Map(),
}

/**
 * A label's photos, in their order. Grouped once for all labels, and the same array as long as that label's photos
 * are the same, so that only what changed is drawn again.
 */
export function photosOf({ photos }: State, label: string): readonly Photo[] {
  if (grouped.photos !== photos) grouped = { photos, byLabel: groupAgain(photos, grouped.byLabel) }
  return grouped.byLabel.get(label) ?? none
}

function groupAgain(
  photos: readonly Photo[],
  before: ReadonlyMap<string, readonly Photo[]>,
): Map<string, readonly Photo[]> {
  const groups = new Map<string, readonly Photo[]>()
  for (const [label, found] of groupBy(photos, (photo) => photo.label)) {
    const known = before.get(label)
    const same = known?.length === found.length && known.every((photo, index) => photo === found[index])
    groups.set(label, same ? known : found)
  }
  return groups
}
