import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Graph } from '../graph/types'
import { growingGraphs, nestedCalls } from './growing-graphs'
import { WorkCounter } from './count-work'

const size = 200
/** Twice the size may take twice the work, and a little more where trees get deeper. */
const most = 2.3

describe('work grows with the size of a graph and no faster', () => {
  let counter: WorkCounter
  let steps: Readonly<Record<string, (graph: Graph) => void>>
  beforeAll(async () => {
    counter = new WorkCounter()
    // Imported now, so that its blocks are counted.
    steps = (await import('./analysis-steps')).analysisSteps
  })
  afterAll(() => counter.stop())

  test.each(Object.keys(growingGraphs))('%s', (kind) => {
    const growth = Object.entries(steps).map(([step, work]) => {
      const [once, twice] = [size, 2 * size].map((count) => {
        const graph = growingGraphs[kind](count)
        return counter.count(() => work(graph))
      })
      return [step, twice / once] as const
    })
    expect(growth.filter(([, factor]) => factor > most)).toEqual([])
  })

  test('calls nested deeper than any real network are refused in words', () => {
    expect(() => steps['calls inlined'](nestedCalls(100))).not.toThrow()
    expect(() => steps['calls inlined'](nestedCalls(5000))).toThrow(/nested more than 500 deep/)
  })
})
