import type { Repeat } from './repeats'

/** Blocks of fewer items are not looked for where they stand alone. */
const shortestBlock = 3

/**
 * Blocks that come again, but not one after the other, in what `repeats` left over: a block that is repeated elsewhere,
 * or a stretch between two places where only one thing passes that is built and wired like another such stretch.
 * Those of one kind have the same signature.
 */
export function singles(signs: Int32Array, costs: Float64Array, repeats: readonly Repeat[]): Repeat[] {
  const known = new Map<string, number>()
  for (const { start, period } of repeats)
    if (period >= shortestBlock) known.set(signature(signs, start, period), period)
  const lengths = [...new Set(known.values())]
  const found: Repeat[] = []
  const stretches: Repeat[] = []
  for (const [from, to] of between(repeats, signs.length)) {
    let begin = from
    for (let at = from; at < to; at++) {
      const length = lengths.find((length) => at + length <= to && known.has(signature(signs, at, length)))
      if (length !== undefined) {
        found.push({ start: at, period: length, times: 1 })
        at += length - 1
        begin = at + 1
      } else if (costs[at + 1] <= 1) {
        if (at + 1 - begin >= shortestBlock) stretches.push({ start: begin, period: at + 1 - begin, times: 1 })
        begin = at + 1
      }
    }
  }
  const counts = new Map<string, number>()
  const signatureOf = ({ start, period }: Repeat) => signature(signs, start, period)
  for (const stretch of stretches) counts.set(signatureOf(stretch), (counts.get(signatureOf(stretch)) ?? 0) + 1)
  return [...found, ...stretches.filter((stretch) => (counts.get(signatureOf(stretch)) ?? 0) > 1)]
}

/** The same for two blocks that are built and wired alike. */
export const signature = (signs: Int32Array, start: number, length: number): string =>
  signs.subarray(start, start + length).join(' ')

/** The stretches that no repeat covers, each from and to. */
function between(repeats: readonly Repeat[], length: number): [number, number][] {
  const gaps: [number, number][] = []
  let from = 0
  for (const { start, period, times } of repeats) {
    if (start > from) gaps.push([from, start])
    from = start + period * times
  }
  if (length > from) gaps.push([from, length])
  return gaps
}
