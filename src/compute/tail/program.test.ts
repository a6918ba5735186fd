import { beforeAll, describe, expect, it } from 'vitest'
import { CutpointError } from '../../errors'
import type { Tail } from '../../graph/tail/types'
import { createPace, type Pace } from '../head/pace'
import { descentOf, memories } from '../kernels/update-rules'
import { lossOf, trainStep, type StepOptions, type StepRows } from './step'
import { TailProgram } from './program'
import { fixtureGraph, tailFixtures } from './testing/fixtures'
import { apart, tailBetween } from './testing/packed'

const { networks, values } = tailFixtures()
const network = networks[0]
const maps = values(network.maps)
const length = maps.length / network.labels.length
let tail: Tail

beforeAll(async () => {
  const work = await fixtureGraph(network.name)
  const freeze = work.graph.nodes.find(({ name }) => name.endsWith('freeze'))
  tail = await tailBetween(work, `${freeze?.name ?? ''}:0`, work.graph.outputs[0].tensor)
})

const open = (batch: number): Promise<TailProgram> => TailProgram.open(tail, { batch, memories: memories.momentum })

function rowsOf(photos: readonly number[], weights: readonly number[] | null = null): StepRows {
  return {
    rows: Int32Array.from(photos),
    maps: (row) => maps.subarray(row * length, (row + 1) * length),
    labels: Int32Array.from(photos, (photo) => network.labels[photo]),
    weights: weights && Float32Array.from(weights),
  }
}

const options = (change: Partial<StepOptions> = {}): StepOptions => ({
  descent: () => descentOf('momentum', 0.01, 1),
  decay: new Map(),
  clip: null,
  pace: createPace(),
  ...change,
})

/** The weights after one step, one after the other. */
async function afterStep(batch: number, rows: StepRows, change: Partial<StepOptions> = {}): Promise<number[]> {
  const program = await open(batch)
  await trainStep(program, rows, options(change))
  const found = [...program.weights().values()].flatMap((each) => [...each])
  program.dispose()
  return found
}

describe('a step', () => {
  it('of fewer rows than the batch has is one of these alone', async () => {
    const [whole, padded] = [await afterStep(3, rowsOf([1, 5, 6])), await afterStep(8, rowsOf([1, 5, 6]))]
    expect(apart(padded, whole)).toBeLessThan(1e-6)
    expect(apart(await afterStep(3, rowsOf([1, 5, 7])), whole)).toBeGreaterThan(1e-4)
  })

  it('gives the same bits again', async () => {
    expect(await afterStep(4, rowsOf([0, 1, 2, 3]))).toEqual(await afterStep(4, rowsOf([0, 1, 2, 3])))
  })

  it('counts rows by their weights', async () => {
    const weighted = await afterStep(4, rowsOf([0, 1, 2, 3], [2, 2, 0, 0]))
    expect(apart(weighted, await afterStep(2, rowsOf([0, 1])))).toBeLessThan(1e-6)
  })

  it('has a penalty of λ/2 ‖W‖² on the weights that are named, and tells it with the loss', async () => {
    const program = await open(4)
    const { id, values: kernel } = program.parameters[0]
    const squares = kernel.reduce((sum, value) => sum + value * value, 0)
    const before = kernel.slice()
    const { loss, mean } = await trainStep(program, rowsOf([0, 1, 2, 3]), options({ decay: new Map([[id, 0.3]]) }))
    expect(mean).toBeCloseTo(loss / 4 + 0.15 * squares, 5)
    const decayed = kernel.slice()
    program.dispose()
    const plain = await afterStep(4, rowsOf([0, 1, 2, 3]))
    decayed.forEach((value, at) => expect(value).toBeCloseTo(plain[at] - 0.01 * 0.3 * before[at], 5))
  })

  it('shortens gradients that are too long together, and no others', async () => {
    const program = await open(4)
    await lossOf(program, rowsOf([0, 1, 2, 3]), createPace())
    await program.backward(createPace())
    const norm = (): number => Math.hypot(...program.parameters.flatMap(({ gradient }) => [...gradient]))
    const long = norm()
    expect(program.clip(2 * long)).toBeCloseTo(long, 4)
    expect(norm()).toBeCloseTo(long, 4)
    expect(program.clip(long / 3)).toBeCloseTo(long, 4)
    expect(norm()).toBeCloseTo(long / 3, 4)
    program.dispose()
  })

  it('that is broken off leaves the weights as they were, and nothing for the next one', async () => {
    const program = await open(4)
    const before = program.weights()
    let turns = 0
    const pace: Pace = {
      yieldTurn: () => (++turns > 40 ? Promise.reject(new CutpointError('cancelled', '', '')) : Promise.resolve()),
    }
    await expect(trainStep(program, rowsOf([0, 1, 2, 3]), options({ pace }))).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect(program.weights()).toEqual(before)
    await trainStep(program, rowsOf([4, 5, 6, 7]), options())
    const found = [...program.weights().values()].flatMap((each) => [...each])
    expect(found).toEqual(await afterStep(4, rowsOf([4, 5, 6, 7])))
    program.restore(before)
    expect(program.weights()).toEqual(before)
    program.dispose()
  })

  it('refuses what is not finite, and keeps the weights', async () => {
    const program = await open(2)
    const before = program.weights()
    const rows = { ...rowsOf([0, 1]), maps: () => new Float32Array(length).fill(NaN) }
    await expect(trainStep(program, rows, options())).rejects.toMatchObject({ code: 'not-finite' })
    expect(program.weights()).toEqual(before)
    program.dispose()
  })
})
