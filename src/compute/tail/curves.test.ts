import { describe, expect, it } from 'vitest'
import { descentOf, memories, type UpdateRule } from '../kernels/update-rules'
import { plainTailKernels } from './kernels/plain'
import { TailProgram } from './program'
import { trainStep, type StepOptions, type StepRows } from './step'
import { fixtureGraph, tailFixtures } from './testing/fixtures'
import { apart, networkTail, type CurveCase } from './testing/packed'
import { changeApart, followKeras, lossesApart } from './testing/follow'

const { networks, updates, values } = tailFixtures()

async function openNetwork({ name }: CurveCase, memories: number, batch = 8): Promise<TailProgram> {
  return TailProgram.open(await networkTail(await fixtureGraph(name)), { batch, memories })
}

const by = (program: TailProgram) => (rows: StepRows, options: StepOptions) => trainStep(program, rows, options)

describe.each(networks.map((network) => [network.name, network] as const))('a network of %s', (name, network) => {
  it('goes down as Keras takes it with momentum, each weight as far', async () => {
    const program = await openNetwork(network, memories.momentum)
    const first = program.weights()
    const losses = await followKeras(by(program), network, values(network.maps), 'momentum')
    const wanted = network.runs.momentum.losses
    expect(lossesApart(losses, wanted)).toBeLessThan(1e-3)
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
    const losses = await followKeras(by(program), network, values(network.maps), 'adam')
    const wanted = network.runs.adam.losses
    expect(lossesApart(losses, wanted)).toBeLessThan(1e-2)
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
