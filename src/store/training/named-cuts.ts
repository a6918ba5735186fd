import type { CutAdvice } from '../../types'

/** What a cut is named among those that were compared. */
export type CutName = 'best' | 'smallest' | 'fastest'

/** A cut that is named, be it for several reasons. */
export interface NamedCut {
  readonly cut: CutAdvice
  readonly names: readonly CutName[]
}

/** How many standard errors below the best a cut may be that is fast. */
const errorsForSpeed = 2

/**
 * The best cut, the one that keeps the fewest bytes within one standard error of it, and the one that computes least within
 * two; each once. Along one path the smallest is the fastest as well, so that the same distance would name one cut twice.
 */
export function namedCuts(cuts: readonly CutAdvice[]): NamedCut[] {
  const best = least(cuts, ({ accuracy }) => -accuracy)
  if (!best) return []
  const within = (errors: number): CutAdvice[] =>
    cuts.filter(({ accuracy }) => accuracy >= best.accuracy - errors * best.error)
  const named = new Map<CutAdvice, CutName[]>([[best, ['best']]])
  const name = (cut: CutAdvice | null, as: CutName): void => {
    if (cut) named.set(cut, [...(named.get(cut) ?? []), as])
  }
  name(
    least(within(1), ({ bytes }) => bytes),
    'smallest',
  )
  name(
    least(within(errorsForSpeed), ({ multiplyAdds }) => multiplyAdds),
    'fastest',
  )
  return [...named].map(([cut, names]) => ({ cut, names }))
}

/** The cut with the least of something; of equals the one that computes least. */
function least(cuts: readonly CutAdvice[], of: (cut: CutAdvice) => number): CutAdvice | null {
  const isLess = (one: CutAdvice, other: CutAdvice): boolean =>
    of(one) < of(other) || (of(one) === of(other) && one.multiplyAdds < other.multiplyAdds)
  return cuts.reduce<CutAdvice | null>((found, cut) => (found && !isLess(cut, found) ? found : cut), null)
}
