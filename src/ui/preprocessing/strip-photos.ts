import type { Photo } from '../../store/state/types'

/** Labels whose photos are shown; a strip of more would only be long. */
const mostLabels = 24

/**
 * A photo of each label, in the order of the labels: the first one, in the next round the second, and so on from the
 * start. Before them the one that was chosen.
 */
export function stripPhotos(
  labels: readonly string[],
  photos: readonly Photo[],
  round: number,
  chosen: string | null,
): Photo[] {
  const byLabel = new Map<string, Photo[]>(labels.slice(0, mostLabels).map((label) => [label, []]))
  for (const photo of photos) byLabel.get(photo.label)?.push(photo)
  const first = chosen === null ? undefined : photos.find(({ id }) => id === chosen)
  const ofLabels = [...byLabel.values()].flatMap((own) => (own.length > 0 ? [own[round % own.length]] : []))
  return [...(first ? [first] : []), ...ofLabels.filter((photo) => photo !== first)]
}
