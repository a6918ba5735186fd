import { describe, expect, it } from 'vitest'
import { descentOf, memories, type UpdateRule } from '../kernels/update-rules'
import { createPace } from '../head/pace'
import { plainTailKernels } from './kernels/plain'
import { TailProgram } from './program'
import { trainStep } from './step'
import { apart, fixtureGraph, tailBetween, tailFixtures, type CurveCase } from './testing/fixtures'

const { networks, updates, values } = tailFixtures()

async function openNetwork({ name }: CurveCase, memories: number, batch = 8): Promise<TailProgram> {
  const work = await fixtureGraph(name)
  const freeze = work.graph.nodes.find((node) => node.name.endsWith('freeze'))
  const output = work.graph.outputs[0].tensor
  const tail = await tailBetween(work, `${freeze?.name ?? ''}:0`, output)
  return TailProgram.open(tail, { batch, memories })
}

/** The loss of each step as the network learns from the fixture's batches. */
async function follow(program: TailProgram, network: CurveCase, rule: 'momentum' | 'adam'): Promise<number[]> {
  const maps = values(network.maps)
  const length = maps.length / network.labels.length
  const losses: number[] = []
  for (const [step, order] of network.order.entries()) {
    const { mean } = await trainStep(
      program,
      {
        rows: Int32Array.from(order),
        maps: (row) => maps.subarray(row * length, (row + 1) * length),
        labels: Int32Array.from(order, (row) => network.labels[row]),
        weights: null,
      },
      {
        descent: () => descentOf(rule, network.runs[rule].rate, step + 1),
        decay: new Map(),
        clip: null,
        pace: createPace(),
      },
    )
    losses.push(mean)
  }
  return losses
}

/** ‖Δours − Δtheirs‖ / ‖Δtheirs‖ */
function changeApart(first: Float32Array, ours: Float32Array, theirs: Float32Array): number {
  let [away, moved] = [0, 0]
  first.forEach((value, at) => {
    away += (ours[at] - theirs[at]) ** 2
    moved += (theirs[at] - value) ** 2
  })
  return Math.sqrt(away / moved)
}

describe.each(networks.map((network) => [network.name, network] as const))('a network of %s', (name, network) => {
  it('goes down as Keras takes it with momentum, each weight as far', async () => {
    const program = await openNetwork(network, memories.momentum)
    const first = program.weights()
    const losses = await follow(program, network, 'momentum')
    const wanted = network.runs.momentum.losses
    const away = losses.map((loss, step) => Math.abs(loss - wanted[step]) / wanted[step])
    expect(Math.max(...away)).toBeLessThan(1e-3)
    expect(wanted[wanted.length - 1]).toBeLessThan(0.8 * wanted[0])
    expect([...first.keys()].toSorted()).toEqual(Object.keys(network.ends).toSorted())
    for (const { id, values: ours } of program.parameters) {
      const off = changeApart(first.get(id) ?? ours, ours, values(network.ends[id]))
      expect(off, id).toBeLessThan(name === 'inverted' ? 5e-2 : 1e-2)
    }
    program.dispose()
  })

  it('goes down as Keras takes it with Adam', async () => {
    const program = await openNetwork(network, memories.adam)
    const losses = await follow(program, network, 'adam')
    const wanted = network.runs.adam.losses
    const away = losses.map((loss, step) => Math.abs(loss - wanted[step]) / wanted[step])
    expect(Math.max(...away)).toBeLessThan(1e-2)
    program.dispose()
  })
})

describe('weights', () => {
  it.each<UpdateRule>(['sgd', 'momentum', 'rmsprop', 'adam'])('change by %s as Keras changes them', (rule) => {
    const kernels = plainTailKernels()
    const weights = values(updates.weights)
    const all = values(updates.gradients)
    const memory = Array.from({ length: memories[rule] }, () => new Float32Array(weights.length))
    for (let step = 0; step < updates.gradients.shape[0]; step++) {
      const gradient = all.slice(step * weights.length, (step + 1) * weights.length)
      kernels.descend(descentOf(rule, updates.rate, step + 1), weights, gradient, memory)
    }
    expect(apart(weights, values(updates.ends[rule]))).toBeLessThan(1e-6)
  })
})
