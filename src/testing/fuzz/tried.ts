import { expect } from 'vitest'
import { fuzz } from '.'

/**
 * Tries the first `count` hostile models of a kind, each of which must go well or be refused in words; enough of them
 * must open, since most of what is never opened would prove little.
 */
export async function expectNoFaults(kind: string, count: number): Promise<void> {
  const faults: string[] = []
  let opened = 0
  for (let seed = 0; seed < count; seed++) {
    const outcome = await fuzz(kind, seed)
    if (outcome.steps.open === 'well') opened++
    faults.push(...outcome.faults.map((fault) => `seed ${seed}: ${fault}`))
  }
  expect(faults).toEqual([])
  expect(opened / count).toBeGreaterThan(0.15)
}
