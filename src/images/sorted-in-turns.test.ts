import { expect, it } from 'vitest'
import { sortedInTurns } from './sorted-in-turns'

const numbers = (count: number): { key: number; place: number }[] =>
  Array.from({ length: count }, (_, place) => ({ key: (place * 7919) % 1013, place }))

it.each([0, 1, 255, 256, 257, 5000])('sorts %d items as the language does, equal ones as they were', async (count) => {
  const byKey = (a: { key: number }, b: { key: number }): number => a.key - b.key
  expect(await sortedInTurns(numbers(count), byKey)).toEqual(numbers(count).sort(byKey))
})

it('lets the event loop run in between', async () => {
  let most = 0
  let compared = 0
  const timer = new MessageChannel()
  timer.port1.onmessage = () => {
    compared = 0
    timer.port2.postMessage(null)
  }
  timer.port2.postMessage(null)
  const sorted = await sortedInTurns(numbers(20_000), (a, b) => {
    compared++
    most = Math.max(most, compared)
    return a.key - b.key
  })
  timer.port1.close()
  expect(sorted).toHaveLength(20_000)
  expect(most).toBeLessThan(10_000)
})
