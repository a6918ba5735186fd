import { describe, expect, it } from 'vitest'
import { openModel } from '..'
import type { WeightStore } from '../../graph/types'
import { diskFile, fixtureFiles, fixtureNames, hasSharedModels, quiet, sharedModels } from '../testing/files'
import { asSources, withWeight } from '../testing/tiny-model'
import type { SourceFile } from '../types'
import { toArtifacts, writeTfjsGraph } from '.'

const meta = { generatedBy: 'a test' }

async function expectRoundTrip(files: readonly SourceFile[], shardBytes?: number): Promise<void> {
  const model = await openModel(files, quiet)
  const written = await writeTfjsGraph(model.graph, model.weights, { ...meta, ...(shardBytes && { shardBytes }) })
  const again = await openModel(asSources(written), quiet)
  expect(again.graph).toEqual(model.graph)
  for (const id of model.graph.weights.keys()) {
    expect(Buffer.compare(await again.weights.raw(id), await model.weights.raw(id)), id).toBe(0)
  }
  expect(again.warnings).toEqual([])
}

describe('a graph that was written and read again', () => {
  it.each(fixtureNames)('is the same: %s', (name) => expectRoundTrip(fixtureFiles(name)))

  it.skipIf(!hasSharedModels).each(['movenet-lightning', 'posenet', 'facemesh-attention'])('is the same: %s', (name) =>
    expectRoundTrip(
      ['json', 'bin'].map((end) => diskFile(new URL(`tfjs/${name}.${end}`, sharedModels), `${name}.${end}`)),
    ),
  )

  it('is the same when its weights are cut into small files', () => expectRoundTrip(fixtureFiles('cnn-uint16'), 7))

  it('keeps uint8 constants, which tfjs has no weights for', async () => {
    const node = { attr: { dtype: { type: 'DT_UINT8' } } }
    await expectRoundTrip(withWeight({ shape: [3], dtype: 'uint8' }, Uint8Array.of(1, 2, 250), node))
  })
})

describe('written files', () => {
  it('are model.json and weight files of at most 4 MiB, named as the converter names them', async () => {
    const data = new Uint8Array(9 * 2 ** 20).map((_, index) => index % 251)
    const model = await openModel(withWeight({ shape: [9 * 2 ** 20], dtype: 'bool' }, data), quiet)
    const files = await writeTfjsGraph(model.graph, model.weights, meta)
    expect(files.map(({ path, bytes }) => [path, path === 'model.json' ? 0 : bytes.length])).toEqual([
      ['model.json', 0],
      ['group1-shard1of3.bin', 4 * 2 ** 20],
      ['group1-shard2of3.bin', 4 * 2 ** 20],
      ['group1-shard3of3.bin', 2 ** 20],
    ])
    expect(files[3].bytes.every((byte, index) => byte === (8 * 2 ** 20 + index) % 251)).toBe(true)
  })

  it('say who made them, and carry what they are given', async () => {
    const model = await openModel(fixtureFiles('cnn-float32'), quiet)
    const [json] = await writeTfjsGraph(model.graph, model.weights, {
      ...meta,
      userDefinedMetadata: { labels: ['a', 'b'] },
    })
    const again = await openModel(
      asSources([json, ...(await writeTfjsGraph(model.graph, model.weights, meta)).slice(1)]),
      quiet,
    )
    expect(again.labels).toEqual(['a', 'b'])
    expect(JSON.parse(new TextDecoder().decode(json.bytes))).toMatchObject({
      format: 'graph-model',
      generatedBy: 'a test',
    })
  })

  it('hold only the weights that nodes use', async () => {
    const model = await openModel(fixtureFiles('cnn-float32'), quiet)
    const nodes = model.graph.nodes.filter((node) => node.op === 'Placeholder')
    const { weightSpecs, getWeightStream } = toArtifacts({ ...model.graph, nodes, outputs: [] }, model.weights)
    expect(weightSpecs).toEqual([])
    expect(await getWeightStream().getReader().read()).toMatchObject({ done: true })
  })

  it('come from memory with one weight at a time, read when it is asked for', async () => {
    const { graph, weights } = await openModel(fixtureFiles('cnn-float32'), quiet)
    let reads = 0
    const counted: WeightStore = {
      raw: (id) => {
        reads += 1
        return weights.raw(id)
      },
      values: (id) => weights.values(id),
    }
    const { weightSpecs, getWeightStream } = toArtifacts(graph, counted)
    const reader = getWeightStream().getReader()
    for (const [taken, { name }] of weightSpecs.entries()) {
      expect(reads).toBe(taken)
      const { value } = await reader.read()
      expect(new Uint8Array(value ?? new ArrayBuffer(0))).toEqual(new Uint8Array(await weights.raw(name)))
    }
    expect(weightSpecs.length).toBeGreaterThan(3)
    expect(await reader.read()).toMatchObject({ done: true })
  })

  it('are refused where a constant has no weight', async () => {
    const model = await openModel(fixtureFiles('cnn-float32'), quiet)
    const graph = { ...model.graph, weights: new Map() }
    await expect(writeTfjsGraph(graph, model.weights, meta)).rejects.toMatchObject({ code: 'bad-weight' })
  })
})
