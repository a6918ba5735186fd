import { describe, expect, it } from 'vitest'
import { openModel } from '..'
import { memoryFile } from '../source'
import { expectedOf, fixtureFiles, fixtureNames, quiet } from '../testing/files'
import { floats, modelFiles, tinyModel, withWeight } from '../testing/tiny-model'
import type { ReadModel } from '../types'

describe('weights', () => {
  it.each(fixtureNames)('of %s have the values that NumPy decodes', async (name) => {
    const model = await openModel(fixtureFiles(name), quiet)
    const { weights } = expectedOf(name)
    expect(new Set(model.graph.weights.keys())).toEqual(new Set(Object.keys(weights)))
    for (const [id, wanted] of Object.entries(weights)) {
      const info = model.graph.weights.get(id)
      expect([id, info?.dtype, info?.shape]).toEqual([id, wanted.dtype, wanted.shape])
      const values = await model.weights.values(id)
      expect(Array.from<number | string>(values)).toEqual(
        wanted.data.map((value) => (value === true ? 1 : value || (typeof value === 'string' ? '' : 0))),
      )
    }
  })

  it('keeps quantised weights as they are stored', async () => {
    const model = await openModel(fixtureFiles('cnn-uint8'), quiet)
    const info = model.graph.weights.get('StatefulPartitionedCall/Conv2D_weights')
    expect(info).toMatchObject({ dtype: 'float32', shape: [3, 3, 3, 8], bytes: 216 })
    expect(info?.stored).toEqual({ dtype: 'uint8', scale: 0.007938651945076737, min: -1.0240861009148992 })
    expect((await model.weights.raw('StatefulPartitionedCall/Conv2D_weights')).length).toBe(216)
  })

  it('rounds int32 weights stored in 8 or 16 bits as tfjs does: halves go up', async () => {
    const quantization = { dtype: 'uint8', scale: 0.5, min: -3.5 }
    const model = await openModel(
      withWeight({ shape: [4], dtype: 'int32', quantization }, Uint8Array.of(0, 1, 2, 255)),
      quiet,
    )
    expect(await model.weights.values('w')).toEqual(Int32Array.of(-3, -3, -2, 124))
    expect(model.graph.weights.get('w')?.small).toEqual([-3, -3, -2, 124])
    const wide = { dtype: 'uint16', scale: 2, min: -1 }
    const second = await openModel(
      withWeight({ shape: [2], dtype: 'int32', quantization: wide }, Uint8Array.of(0, 1, 255, 255)),
      quiet,
    )
    expect(await second.weights.values('w')).toEqual(Int32Array.of(511, 131069))
  })

  it('decodes every kind of float16: zeros, subnormals, infinities, not-a-number', async () => {
    const halves = new Uint16Array([0x0000, 0x8000, 0x0001, 0x83ff, 0x3c00, 0xc500, 0x7bff, 0x7c00, 0xfc00, 0x7e00])
    const model = await openModel(
      withWeight({ shape: [10], dtype: 'float32', quantization: { dtype: 'float16' } }, new Uint8Array(halves.buffer)),
      quiet,
    )
    const wanted = [0, -0, 2 ** -24, -1023 * 2 ** -24, 1, -5, 65504, Infinity, -Infinity, NaN]
    expect(await model.weights.values('w')).toEqual(Float32Array.from(wanted))
  })

  it('reads uint8 weights, and gives a fresh array each time', async () => {
    const model = await openModel(withWeight({ shape: [3], dtype: 'uint8' }, Uint8Array.of(1, 2, 250)), quiet)
    const first = await model.weights.values('w')
    expect(first).toEqual(Uint8Array.of(1, 2, 250))
    first[0] = 9
    expect(await model.weights.values('w')).toEqual(Uint8Array.of(1, 2, 250))
  })

  it('leaves out stored weights that no operation uses, and says so', async () => {
    const model = tinyModel()
    model.weightsManifest[0].weights.push({ name: 'left/over', shape: [1], dtype: 'float32' })
    const read = await openModel(modelFiles(model, { 'w.bin': floats(1.5, -2, 7) }), quiet)
    expect([...read.graph.weights.keys()]).toEqual(['w'])
    expect(read.warnings).toHaveLength(1)
    expect(read.warnings[0]).toContain('left/over')
    await expect(read.weights.raw('left/over')).rejects.toMatchObject({ code: 'bad-weight' })
  })

  it('keeps the values of integer constants up to 256 elements with the graph', async () => {
    const small = (await openModel(fixtureFiles('cnn-float32'), quiet)).graph.weights
    expect(small.get('StatefulPartitionedCall/Mean/reduction_indices')?.small).toEqual([1, 2])
    expect(small.get('StatefulPartitionedCall/add/ReadVariableOp')?.small).toBeUndefined()
    const large = await openModel(withWeight({ shape: [257], dtype: 'bool' }, new Uint8Array(257)), quiet)
    expect(large.graph.weights.get('w')?.small).toBeUndefined()
  })
})

describe('files', () => {
  const outline = (model: ReadModel) => ({ ...model, name: '', weights: null })

  it('may come in any order, with or without folders', async () => {
    const wanted = outline(await openModel(fixtureFiles('cnn-groups'), quiet))
    const flat = fixtureFiles('cnn-groups', '').reverse()
    expect(outline(await openModel(flat, quiet))).toEqual(wanted)
    const scattered = fixtureFiles('cnn-groups', '').map((file, index) => ({
      ...file,
      path: `part${index}/${file.path}`,
    }))
    expect(outline(await openModel(scattered, quiet))).toEqual(wanted)
  })

  it('are taken from the model’s own folder where others have the same names', async () => {
    const [json, shard] = modelFiles(tinyModel())
    const files = [
      memoryFile('b/w.bin', floats(9, 9)),
      { ...shard, path: 'a/w.bin' },
      { ...json, path: 'a/model.json' },
      memoryFile('w.bin', floats(8, 8)),
    ]
    expect(await (await openModel(files, quiet)).weights.values('w')).toEqual(Float32Array.of(1.5, -2))
  })

  it('counts the bytes of those that belong to the model', async () => {
    const files = modelFiles(tinyModel())
    const model = await openModel([...files, memoryFile('photo.jpg', new Uint8Array(99))], quiet)
    expect(model.bytes).toBe(files[0].size + 8)
  })
})

describe('graph', () => {
  it('has attributes as values, and tensors in one spelling', async () => {
    const { graph } = await openModel(fixtureFiles('cnn-float32'), quiet)
    const conv = graph.nodes.find((node) => node.op === '_FusedConv2D')
    expect(conv?.inputs).toEqual([
      'images:0',
      'StatefulPartitionedCall/Conv2D_weights:0',
      'StatefulPartitionedCall/Conv2D_bn_offset:0',
    ])
    expect(conv?.attributes).toMatchObject({
      padding: { kind: 'string', value: 'SAME' },
      strides: { kind: 'list', items: [1, 2, 2, 1].map((value) => ({ kind: 'int', value })) },
      fused_ops: {
        kind: 'list',
        items: [
          { kind: 'string', value: 'BiasAdd' },
          { kind: 'string', value: 'Relu6' },
        ],
      },
      T: { kind: 'dtype', value: 'float32' },
    })
    const constant = graph.nodes.find((node) => node.name === 'StatefulPartitionedCall/Conv2D_weights')
    expect(constant).toMatchObject({
      weight: 'StatefulPartitionedCall/Conv2D_weights',
      attributes: { dtype: { value: 'float32' } },
    })
  })

  it('keeps functions, with constants of their own', async () => {
    const { graph } = await openModel(fixtureFiles('control-flow'), quiet)
    expect(graph.functions).toHaveLength(4)
    const positive = graph.functions.find((definition) => definition.name.includes('cond_true'))
    expect(positive?.inputs).toEqual([{ name: 'cond_mul_while', dtype: 'float32' }])
    expect(positive?.returns).toEqual({ cond_identity: 'cond/add:0' })
    expect(positive?.nodes.filter((node) => node.weight !== undefined)).toHaveLength(2)
    const choice = graph.nodes.find((node) => node.op === 'StatelessIf')
    expect(choice?.attributes.then_branch).toMatchObject({ kind: 'function', name: positive?.name })
  })

  it('tells control inputs from data', async () => {
    const model = tinyModel()
    model.modelTopology.node[2].input = ['x', 'w', '^x']
    const { graph } = await openModel(modelFiles(model), quiet)
    expect(graph.nodes[2]).toMatchObject({ inputs: ['x:0', 'w:0'], controlInputs: ['x'] })
  })
})

describe('signature', () => {
  const entry = (name: string) => ({ name, dtype: 'DT_FLOAT', tensorShape: { dim: [{ size: '-1' }, { size: '2' }] } })

  it('may stand beside the graph or in the metadata, its keys other than the tensors’ names', async () => {
    const signature = { inputs: { picture: entry('x:0') }, outputs: { answer: entry('y') } }
    const beside = await openModel(modelFiles({ ...tinyModel(), signature }), quiet)
    expect(beside.graph.inputs).toEqual([{ key: 'picture', tensor: 'x:0', dtype: 'float32', shape: [null, 2] }])
    expect(beside.graph.outputs).toEqual([{ key: 'answer', tensor: 'y:0', dtype: 'float32', shape: [null, 2] }])
    const inside = await openModel(modelFiles({ ...tinyModel(), userDefinedMetadata: { signature } }), quiet)
    expect(inside.graph).toEqual(beside.graph)
  })

  it('where there is none is made of placeholders and of what no node takes', async () => {
    const { graph } = await openModel(modelFiles(tinyModel()), quiet)
    expect(graph.inputs).toEqual([{ key: 'x', tensor: 'x:0', dtype: 'float32', shape: [null, 2] }])
    expect(graph.outputs).toEqual([{ key: 'y', tensor: 'y:0', dtype: 'float32', shape: null }])
  })

  it('of a tensor that is not there is left out, and said', async () => {
    const signature = { inputs: { a: entry('x:0'), table: entry('gone:0') }, outputs: { y: entry('y:0') } }
    const model = await openModel(modelFiles({ ...tinyModel(), signature }), quiet)
    expect(model.graph.inputs.map(({ key }) => key)).toEqual(['a'])
    expect(model.warnings[0]).toContain('table')
  })

  it('with a start-up graph is said not to be run', async () => {
    const model = await openModel(modelFiles({ ...tinyModel(), modelInitializer: { node: [] } }), quiet)
    expect(model.warnings[0]).toContain('look-up tables')
  })
})
