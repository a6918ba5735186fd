import { describe, expect, it } from 'vitest'
import { planMemory } from './memory'
import type { Cell, PlannedStep, TailPlan } from './plan-types'
import type { Backward, OpSteps } from './ops/types'

const run = (): void => undefined
const learns: Cell = { size: 5, kind: 'learns', slopes: true }

/** A chain of steps of one size, each with a weight. */
function chain(count: number, back: Backward, inPlace?: readonly number[]): TailPlan {
  const cells: Cell[] = [{ size: 100, kind: 'maps', slopes: false }]
  const steps: PlannedStep[] = []
  const op: OpSteps = { forward: run, back: [back, { run }], ...(inPlace && { inPlace }) }
  let value = 0
  for (let step = 0; step < count; step++) {
    cells.push(learns, { size: 100, kind: 'value', slopes: true })
    const [weight, output] = [cells.length - 2, cells.length - 1]
    steps.push({ name: `step${step}`, steps: op, inputs: [value, weight], output, back: step === 0 ? [1] : [1, 0] })
    value = output
  }
  return { cells, steps, maps: 0, output: value, constants: new Map() }
}

describe('the memory of a chain', () => {
  it('is two values and two slopes where nothing has to be looked at again', () => {
    const { slots } = planMemory(chain(30, { run }))
    expect(slots.length).toBeLessThanOrEqual(3)
  })

  it('is one value and one slope where all may lie over what comes in', () => {
    const { slots, values, slopes } = planMemory(chain(30, { run, inPlace: true }, [0]))
    expect(slots).toEqual([100, 100])
    expect(new Set([...values, ...slopes])).toEqual(new Set([-1, 0, 1]))
  })

  it('keeps each value that is looked at on the way back', () => {
    const { values } = planMemory(chain(30, { run, inputs: [0] }))
    const kept = values.filter((slot) => slot >= 0)
    // The last one is only looked at by the loss.
    expect(new Set(kept).size).toBe(30)
  })

  it('keeps a value that is looked at later from being written over', () => {
    const { values } = planMemory(chain(3, { run, inputs: [0] }, [0]))
    const kept = values.filter((slot) => slot >= 0)
    expect(new Set(kept).size).toBe(3)
  })
})
