import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, describe, expect, it } from 'vitest'
import { startBackend } from '../../backends/start'
import { errorOf } from '../../../formats/testing/errors'
import type { Tail } from '../../../graph/tail/types'
import { createPace, type Pace } from '../../head/pace'
import { descentOf, memories } from '../../kernels/update-rules'
import { TailProgram } from '../program'
import { trainStep, type StepLoss, type StepOptions, type StepRows } from '../step'
import { fixtureGraph, tailFixtures } from '../testing/fixtures'
import { apart, networkTail, type CurveCase } from '../testing/packed'
import { changeApart, followKeras, lossesApart } from '../testing/follow'
import { lackingSlopes } from './lacking'
import { TensorLearner } from './learner'
import { asRun } from './trainable-graph'

const { networks, values } = tailFixtures()

beforeAll(() => startBackend('cpu'))

const tailOf = async ({ name }: CurveCase): Promise<Tail> => networkTail(await fixtureGraph(name))

/** Losses and weights of both engines over the steps of a fixture. */
async function both(network: CurveCase, rule: 'momentum' | 'adam') {
  const tail = await tailOf(network)
  expect(lackingSlopes(tail, (await asRun(tail)).graph, 'cpu')).toBe(null)
  const options = { batch: 8, memories: memories[rule] }
  const program = await TailProgram.open(tail, options)
  const learner = await TensorLearner.open(tail, options)
  const maps = values(network.maps)
  const first = program.weights()
  const wanted = await followKeras((...step) => trainStep(program, ...step), network, maps, rule)
  const losses = await followKeras((...step) => learner.step(...step), network, maps, rule)
  const found = { first, wanted, losses, ours: program.weights(), weights: await learner.weights() }
  program.dispose()
  learner.dispose()
  return found
}

describe.each(networks.map((network) => [network.name, network] as const))('a network of %s', (name, network) => {
  it.each(['momentum', 'adam'] as const)('learns by %s as on the processor', async (rule) => {
    const { losses, wanted, first, ours, weights } = await both(network, rule)
    expect(lossesApart(losses, wanted)).toBeLessThan(1e-4)
    if (rule === 'adam') return
    expect(lossesApart(losses, network.runs.momentum.losses)).toBeLessThan(1e-3)
    for (const [id, values] of weights) {
      const off = changeApart(first.get(id) ?? values, values, ours.get(id) ?? values)
      expect(off, id).toBeLessThan(name === 'inverted' ? 5e-2 : 1e-3)
    }
  })
})

describe('a step', () => {
  const [network] = networks
  const maps = values(network.maps)
  const length = maps.length / network.labels.length
  const rowsOf = (photos: readonly number[], weights: readonly number[] | null = null): StepRows => ({
    rows: Int32Array.from(photos),
    maps: (row) => maps.subarray(row * length, (row + 1) * length),
    labels: Int32Array.from(photos, (photo) => network.labels[photo]),
    weights: weights && Float32Array.from(weights),
  })

  /** Some steps by both, with what is asked of a step. */
  async function follow(batches: readonly StepRows[], change: (tail: Tail) => Partial<StepOptions>) {
    const tail = await tailOf(network)
    const asked = (step: number): StepOptions => ({
      descent: () => descentOf('rmsprop', 0.001, step),
      decay: new Map(),
      clip: null,
      pace: createPace(),
      ...change(tail),
    })
    const options = { batch: 8, memories: memories.rmsprop }
    const program = await TailProgram.open(tail, options)
    const learner = await TensorLearner.open(tail, options)
    const found: [StepLoss, StepLoss][] = []
    for (const [step, rows] of batches.entries()) {
      const wanted = await trainStep(program, rows, asked(step + 1))
      found.push([await learner.step(rows, asked(step + 1)), wanted])
    }
    const weights = [[...(await learner.weights()).values()], [...program.weights().values()]]
    program.dispose()
    learner.dispose()
    return { found, weights: weights.map((each) => each.flatMap((values) => [...values])) }
  }

  it.each<[string, (tail: Tail) => Partial<StepOptions>]>([
    ['of some of the batch, which count differently', () => ({})],
    ['with a penalty', ({ trained }) => ({ decay: new Map(trained.slice(0, 3).map(({ id }, at) => [id, 0.1 * at])) })],
    ['with gradients that are clipped', () => ({ clip: 0.2 })],
    ['with both', ({ trained }) => ({ clip: 0.2, decay: new Map([[trained[2].id, 0.5]]) })],
  ])('%s is as on the processor', async (_, change) => {
    const mixed = { others: Int32Array.of(0, 1, 1, 3), shares: Float32Array.of(0.5, 0.1, 0.3, 0) }
    const batches: StepRows[] = [
      rowsOf([3, 9, 1, 2, 20], [0.5, 2, 1, 0.25, 1.25]),
      { ...rowsOf([4, 6, 1, 11], [0.5, 2, 1, 0.25]), mixed },
      rowsOf([5]),
      rowsOf([0, 1, 2, 3, 4, 5, 6, 7]),
    ]
    const { found, weights } = await follow(batches, change)
    for (const [ours, wanted] of found) {
      expect(Math.abs(ours.mean / wanted.mean - 1)).toBeLessThan(1e-4)
      expect(Math.abs(ours.loss / wanted.loss - 1)).toBeLessThan(1e-4)
      expect(ours.correct).toBe(wanted.correct)
    }
    expect(apart(weights[0], weights[1])).toBeLessThan(1e-4)
  })

  it('goes on in another learner from where it was, and leaves nothing', async () => {
    const tail = await tailOf(network)
    const before = tf.memory().numTensors
    const options = { batch: 8, memories: memories.adam }
    const asked = (step: number): StepOptions => ({
      descent: () => descentOf('adam', 0.01, step),
      decay: new Map([[tail.trained[0].id, 0.1]]),
      clip: 1,
      pace: createPace(),
    })
    const [first, second] = [await TensorLearner.open(tail, options), await TensorLearner.open(tail, options)]
    const opened = tf.memory().numTensors
    await first.step(rowsOf([0, 1, 2]), asked(1))
    second.restore(await first.weights())
    second.remember(await first.memories())
    const found = []
    for (const learner of [first, second]) {
      const { mean } = await learner.step(rowsOf([4, 5]), asked(2))
      const cost = await learner.lossOf(rowsOf([6, 7, 8], [1, 2, 0.5]), createPace())
      const logits = await learner.logitsOf([3, 0, 7], rowsOf([]).maps, createPace())
      found.push({ mean, cost, logits, weights: await learner.weights() })
    }
    expect(found[1]).toEqual(found[0])
    expect(found[0].logits).toHaveLength(3 * 4)
    expect(tf.memory().numTensors).toBe(opened)
    first.dispose()
    second.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('that is not finite, or cancelled, leaves everything as it was', async () => {
    const tail = await tailOf(network)
    const learner = await TensorLearner.open(tail, { batch: 8, memories: 1 })
    const asked = (pace: Pace): StepOptions => ({
      descent: () => descentOf('momentum', 1, 1),
      decay: new Map(),
      clip: null,
      pace,
    })
    const [weights, tensors] = [await learner.weights(), tf.memory().numTensors]
    const odd = { ...rowsOf([1, 2]), maps: () => new Float32Array(length).fill(NaN) }
    expect(await errorOf(learner.step(odd, asked(createPace())))).toMatchObject({ code: 'not-finite' })
    const broken = { yieldTurn: () => Promise.reject(new Error('enough')) }
    await expect(learner.step(rowsOf([1]), asked(broken))).rejects.toThrow('enough')
    expect(await learner.weights()).toEqual(weights)
    expect(tf.memory().numTensors).toBe(tensors)
    learner.dispose()
  })
})

it('where a weight cannot be read any more, nothing of it stays', async () => {
  const tail = await tailOf(networks[0])
  const [, second] = tail.trained
  const values: Tail['weights']['values'] = (id) =>
    id === second.id ? Promise.reject(new Error('gone')) : tail.weights.values(id)
  const before = tf.memory().numTensors
  const opening = TensorLearner.open({ ...tail, weights: { ...tail.weights, values } }, { batch: 8, memories: 1 })
  await expect(opening).rejects.toThrow('gone')
  expect(tf.memory().numTensors).toBe(before)
})

it('is not used where convolutions have no slopes', async () => {
  const tail = await tailOf(networks[0])
  expect(lackingSlopes(tail, (await asRun(tail)).graph, 'wasm')).not.toBe(null)
})
