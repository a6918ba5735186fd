import { nextTask } from '../next-task'

/** Comparisons between two turns of the event loop: a few milliseconds where names are compared as people do. */
const atOnce = 4_000

/** The items in order, equal ones as they were; thousands are sorted in several tasks, so that the page is not held up. */
export async function sortedInTurns<T>(items: readonly T[], compare: (a: T, b: T) => number): Promise<T[]> {
  let left = atOnce
  const yieldTurn = async (): Promise<void> => {
    if (left > 0) return
    await nextTask()
    left = atOnce
  }
  let runs: T[][] = []
  for (let at = 0; at < items.length; at += runLength) {
    runs.push(items.slice(at, at + runLength).sort(compare))
    left -= runLength * Math.log2(runLength)
    await yieldTurn()
  }
  while (runs.length > 1) {
    const longer: T[][] = []
    for (let at = 0; at < runs.length; at += 2) longer.push(await merged(runs[at], runs.at(at + 1) ?? []))
    runs = longer
  }
  return runs.at(0) ?? []

  async function merged(one: readonly T[], other: readonly T[]): Promise<T[]> {
    const result: T[] = []
    let [a, b] = [0, 0]
    while (a < one.length && b < other.length) {
      left--
      if (left <= 0) await yieldTurn()
      result.push(compare(one[a], other[b]) <= 0 ? one[a++] : other[b++])
    }
    return [...result, ...one.slice(a), ...other.slice(b)]
  }
}

const runLength = 256
