import { expect, test } from 'vitest'
import { fuzz, kindNames } from '.'

/** Inputs of each kind; `npm run bench -- fuzz` tries many more. */
const counts: Readonly<Record<string, number>> = {
  'typed graph': 3600,
  'TensorFlow.js graph': 1500,
  'TensorFlow.js layers': 700,
  'frozen graph': 1000,
  SavedModel: 200,
  zip: 1000,
}

test('every kind of hostile model is tried', () => {
  expect(Object.keys(counts)).toEqual([...kindNames])
})

test.each(kindNames)('hostile models go well or are refused in words: %s', { timeout: 600_000 }, async (kind) => {
  const faults: string[] = []
  let opened = 0
  for (let seed = 0; seed < counts[kind]; seed++) {
    const outcome = await fuzz(kind, seed)
    if (outcome.steps.open === 'well') opened++
    faults.push(...outcome.faults.map((fault) => `seed ${seed}: ${fault}`))
  }
  expect(faults).toEqual([])
  // Most of what is never opened would prove little.
  expect(opened / counts[kind]).toBeGreaterThan(0.15)
})
