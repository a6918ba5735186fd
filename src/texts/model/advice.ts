import { percent } from '../percent'

const plain = (tensor: string): string[] => tensor.replace(/:0$/, '').split('/')

/**
 * What cuts are called beside each other: as much of each name from its front as tells it from the others, without what all
 * begin with; the whole rest of names that differ nowhere sooner.
 */
export function placesOfCuts(tensors: readonly string[]): ReadonlyMap<string, string> {
  const names = [...new Set(tensors)].map((tensor) => ({ tensor, parts: plain(tensor) }))
  const shortest = Math.min(...names.map(({ parts }) => parts.length))
  let common = 0
  while (common < shortest - 1 && names.every(({ parts }) => parts[common] === names[0].parts[common])) common++
  const upTo = (parts: readonly string[], length: number): string => parts.slice(common, common + length).join('/')
  return new Map(
    names.map(({ tensor, parts }) => {
      let length = 1
      const isAlone = (): boolean =>
        names.every((other) => other.tensor === tensor || upTo(other.parts, length) !== upTo(parts, length))
      while (common + length < parts.length && !isAlone()) length++
      return [tensor, upTo(parts, length)]
    }),
  )
}

/** The comparison of cuts. */
export const adviceTexts = {
  title: 'Where to cut',
  job: 'Comparing cuts',
  ask: 'Where should I cut?',
  again: 'Compare cuts again',
  words: 'where should i cut advice compare best cuts accuracy',
  cutAt: (tensors: readonly string[]) => `Cut at ${tensors.map((tensor) => tensor.replace(/:0$/, '')).join(' and ')}`,
  missing: {
    model: 'Where this network can be cut is still being worked out.',
    picture: 'This network takes no pictures that its cuts could be compared with.',
    labels: 'With photos of two labels or more, the places where it can be cut are compared on them.',
    photos: 'Two labels need two different photos each to compare cuts with; ten of each say more.',
  },
  names: { best: 'Best', smallest: 'Smallest', fastest: 'Fastest' },
  why: {
    best: 'names the most photos right',
    smallest: 'keeps the fewest bytes within one standard error of the best',
    fastest: 'computes least within two standard errors of the best',
  },
  outOfDate: 'Something has changed since cuts were compared: photos, labels, how pictures go in, or the head.',
  accuracy: (share: number, error: number) => `${percent(share)} ± ${Math.round(error * 100)}`,
  costs: (multiplyAdds: string, bytes: string, features: string) =>
    `${multiplyAdds} multiply-adds · ${bytes} kept · ${features} features`,
  together: (places: readonly string[]) => places.join(' + '),
  all: (count: number) => `All ${count} cuts`,
  here: 'cut here',
  how: (photos: number, labels: number) =>
    `${photos} photos of ${labels} labels went through the network once. At each cut, each was named by a linear head that had not seen it. Photos that are held out were not used. ± is one standard error.`,
  chart: {
    title: 'Accuracy',
    what: 'Accuracy of a head at each cut, along the depth',
  },
} as const
