import { describe, expect, test } from 'vitest'
import { dropControlEdges } from './drop-control-edges'
import { dropIdentities } from './drop-identities'
import { prune } from './prune'
import { NetworkBuilder, nodeOf, opsOf } from '../testing/network'

const context = { evaluate: null, image: null }

describe('prune', () => {
  test('keeps what outputs depend on, with its weights', async () => {
    const build = new NetworkBuilder()
    const image = build.image([null, 4, 4, 3])
    const kept = build.conv('kept', image, [1, 1, 3, 2])
    build.conv('other', image, [1, 1, 3, 2])
    const { graph } = await prune.run(build.work(kept), context)
    expect(graph.nodes.map(({ name }) => name)).toEqual(['image', 'kept/kernel', 'kept'])
    expect([...graph.weights.keys()]).toEqual(['kept/kernel'])
  })
})

describe('dropControlEdges', () => {
  test('drops the edges of checks', async () => {
    const build = new NetworkBuilder()
    const image = build.image([null, 2])
    build.node('Assert', 'check', [image])
    const work = await dropControlEdges.run(build.work(build.node('Relu', 'out', [image, '^check'])), context)
    expect(nodeOf(work, 'out')?.controlInputs).toEqual([])
    expect(opsOf(await prune.run(work, context))).toEqual(['Placeholder', 'Relu'])
  })

  test.each(['Switch', 'Assign'])('keeps them in a graph with %s', (op) => {
    const build = new NetworkBuilder()
    const image = build.image([null, 2])
    build.node(op, 'other', [image])
    const work = build.work(build.node('Relu', 'out', [image, '^other']))
    expect(dropControlEdges.run(work, context)).toBe(work)
  })
})

describe('dropIdentities', () => {
  test('drops identities, checks and the like, however many in a row', async () => {
    const build = new NetworkBuilder()
    const image = build.image([null, 2])
    const checked = build.node('CheckNumerics', 'checked', [build.node('Identity', 'same', [image])])
    const second = `${build.node('IdentityN', 'both', [checked, image]).slice(0, -1)}1`
    const sum = build.node('Add', 'sum', [build.node('StopGradient', 'stopped', ['both:0']), second])
    const work = await dropIdentities.run(build.work(sum), context)
    expect(opsOf(work)).toEqual(['Placeholder', 'Add'])
    expect(nodeOf(work, 'sum')?.inputs).toEqual(['image:0', 'image:0'])
  })

  test('keeps one that is fetched, and one that others wait for', async () => {
    const build = new NetworkBuilder()
    const image = build.image([null, 2])
    const waited = build.node('Identity', 'waited', [image])
    const out = build.node('Identity', 'out', [build.node('Relu', 'relu', [waited, '^waited'])])
    const work = await dropIdentities.run(build.work(out), context)
    expect(opsOf(work)).toEqual(['Placeholder', 'Identity', 'Relu', 'Identity'])
  })

  test('keeps the pivots of a branch', async () => {
    const build = new NetworkBuilder()
    const image = build.image([null, 2])
    build.node('Switch', 'switch', [image, build.ints('yes', [1], [])])
    const out = build.node('Relu', 'out', [build.node('Identity', 'pivot', ['switch:1'])])
    expect(opsOf(await dropIdentities.run(build.work(out), context))).toContain('Identity')
  })

  test('drops dropout as TensorFlow 1 spelled it', async () => {
    const build = new NetworkBuilder()
    const image = build.image([null, 2])
    const keep = build.floats('keep', [], [0.5])
    const random = build.node('RandomUniform', 'random', [build.node('Shape', 'shape', [image])])
    const scaled = build.node('RealDiv', 'div', [image, build.node('Identity', 'keep/read', [keep])])
    const mask = build.node('Floor', 'floor', [build.node('Add', 'add', [keep, random])])
    const work = await dropIdentities.run(
      build.work(build.node('Relu', 'out', [build.node('Mul', 'dropped', [scaled, mask])])),
      context,
    )
    expect(opsOf(work)).toEqual(['Placeholder', 'Relu'])
  })

  test('drops dropout as TensorFlow 2 spells it, both ways', async () => {
    const build = new NetworkBuilder()
    const image = build.image([null, 2])
    const [rate, c] = [build.floats('rate', [], [0.2]), build.floats('c', [], [1.25])]
    const random = build.node('RandomUniform', 'random', [build.node('Shape', 'shape', [image])])
    const isKept = build.node('GreaterEqual', 'kept', [random, rate])
    const first = build.node('Mul', 'first', [
      build.node('Mul', 'scaled', [image, c]),
      build.node('Cast', 'mask', [isKept]),
    ])
    const scaled = build.node('Mul', 'scaled_2', [c, first])
    const second = build.node('SelectV2', 'second', [isKept, scaled, build.floats('zero', [], [0])])
    const work = await dropIdentities.run(build.work(build.node('Relu', 'out', [second])), context)
    expect(opsOf(work)).toEqual(['Placeholder', 'Relu'])
  })

  test('leaves random brightness alone', async () => {
    const build = new NetworkBuilder()
    const scaled = build.node('Mul', 'scaled', [build.image([null, 2]), build.floats('c', [], [1.25])])
    const random = build.node('RandomUniform', 'random', [build.ints('shape', [])])
    const spread = build.node('Mul', 'spread', [random, build.floats('range', [], [0.4])])
    const factor = build.node('AddV2', 'factor', [spread, build.floats('least', [], [0.8])])
    const work = build.work(build.node('Relu', 'out', [build.node('Mul', 'bright', [scaled, factor])]))
    expect(await dropIdentities.run(work, context)).toBe(work)
  })

  test('leaves products with other random or learned values alone', async () => {
    const build = new NetworkBuilder()
    const image = build.image([null, 2])
    const gated = build.node('Mul', 'gated', [
      build.node('Mul', 'scaled', [image, build.floats('gamma', [2])]),
      build.node('RandomUniform', 'random', [build.node('Shape', 'shape', [image])]),
    ])
    const work = build.work(build.node('Relu', 'out', [gated]))
    expect(await dropIdentities.run(work, context)).toBe(work)
  })
})
