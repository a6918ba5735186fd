import { expect, it } from 'vitest'
import { uniform } from '../../../random'
import { solveMachine } from './solve'

/** Rows of few features with labels drawn by lot, which no border tells apart: many steps. */
function noise(size: number): { kernel: Float32Array; signs: Float64Array } {
  const random = uniform(3)
  const rows = Array.from({ length: size }, () => Array.from({ length: 4 }, () => 20 * (random() - 0.5)))
  const product = (one: number[], other: number[]): number =>
    one.reduce((sum, value, column) => sum + value * other[column], 0)
  return {
    kernel: Float32Array.from(rows.flatMap((one) => rows.map((other) => product(one, other)))),
    signs: Float64Array.from(rows, () => (random() < 0.5 ? 1 : -1)),
  }
}

it('lets messages in while a machine is solved, and ends where one of them cancels', async () => {
  const { kernel, signs } = noise(200)
  const problem = { kernel, costs: new Float64Array(200).fill(1), squared: true }
  let turns = 0
  const cancelled = new Error('cancelled')
  const pace = {
    yieldTurn: () => (++turns < 3 ? Promise.resolve() : Promise.reject(cancelled)),
  }
  await expect(solveMachine(problem, signs, 1e-9, pace)).rejects.toBe(cancelled)
  expect(turns).toBe(3)
})
