import { describe, expect, it } from 'vitest'
import { openModel } from '..'
import { errorOf } from '../testing/errors'
import { diskFile, hasSharedModels, quiet, sharedModels, textFile } from '../testing/files'
import { memoryFile, readAll } from '../source'
import { frozenExpected, frozenFiles } from './testing/fixtures'

describe('constants of every type, in every encoding,', () => {
  it.each(['encodings', 'encodings-text', 'long'])('have the values that TensorFlow reads: %s', async (name) => {
    const { graph, weights } = await openModel(frozenFiles(name), quiet)
    const { outputs } = frozenExpected(name)
    expect(graph.weights.size).toBe(Object.keys(outputs).length)
    for (const [tensor, { shape, data, every = 1 }] of Object.entries(outputs)) {
      const id = tensor.replace(/:0$/, '')
      expect(graph.weights.get(id)?.shape, id).toEqual(shape)
      const values = Array.from<number | string>(await weights.values(id)).filter((_, i) => i % every === 0)
      expect(values, id).toEqual(data.map((value) => narrow(value, id)))
    }
  })

  it('are read late where they are long', async () => {
    const [file] = frozenFiles('long')
    const slices: number[] = []
    const watched = {
      ...file,
      slice: (start: number, end: number) => {
        slices.push(end - start)
        return file.slice(start, end)
      },
    }
    const { weights } = await openModel([watched], quiet)
    const before = slices.length
    expect(await weights.values('long')).toHaveLength(24_000)
    expect(slices.slice(before)).toEqual([96_000])
    expect(Math.max(...slices.slice(0, before))).toBeLessThanOrEqual(65_536)
  })
})

/** int64 and the like are held as int32, float64 as float32. */
function narrow(value: number | string, id: string): number | string {
  if (typeof value === 'string') return value
  const isWhole = /^u?int|^bool|^largest/.test(id)
  return isWhole ? Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, value)) : Math.fround(value)
}

describe('a frozen graph', () => {
  it('of today opens with its labels and the right ends', async () => {
    const { graph, labels, format } = await openModel(frozenFiles('cnn'), quiet)
    expect(format).toBe('frozen')
    expect(graph.inputs).toEqual([{ key: 'input', tensor: 'input:0', dtype: 'float32', shape: [null, 32, 32, 3] }])
    expect(graph.outputs.map(({ tensor }) => tensor)).toEqual(['net/Predictions:0'])
    expect(labels).toEqual(['daisy', 'dandelion', 'roses', 'sunflowers', 'tulips'])
  })

  it('of old gets the attributes that it lacks', async () => {
    const { graph } = await openModel(frozenFiles('cnn-old'), quiet)
    const attributes = graph.nodes.find(({ name }) => name === 'net/conv/Conv2D')?.attributes
    expect(attributes?.data_format).toEqual({ kind: 'string', value: 'NHWC' })
    expect(attributes?.dilations).toEqual({
      kind: 'list',
      items: [1, 1, 1, 1].map((value) => ({ kind: 'int', value })),
    })
  })

  it('is the same in text', async () => {
    const [binary, text] = await Promise.all(['cnn-old', 'cnn-text'].map((name) => openModel(frozenFiles(name), quiet)))
    expect(text.graph).toEqual(binary.graph)
    for (const id of binary.graph.weights.keys()) {
      expect(await text.weights.values(id)).toEqual(await binary.weights.values(id))
    }
  })

  it('that was retrained starts at its encoded picture and ends at its new result', async () => {
    const { graph, labels } = await openModel(frozenFiles('retrained'), quiet)
    expect(graph.inputs.map(({ tensor }) => tensor)).toEqual(['DecodeJpeg/contents:0'])
    expect(graph.outputs.map(({ tensor }) => tensor)).toEqual(['final_result:0'])
    expect(labels).toEqual(['bags', 'dress', 'pants', 'shoes'])
    expect(graph.nodes.some(({ op }) => op === 'BatchNormWithGlobalNormalization')).toBe(true)
  })

  it('has the functions that it calls in it', async () => {
    const { graph, weights } = await openModel(frozenFiles('library'), quiet)
    expect(graph.nodes.map(({ op }) => op)).toEqual(expect.arrayContaining(['MatMul', 'Relu']))
    expect(graph.nodes.some(({ op }) => op.endsWith('PartitionedCall'))).toBe(false)
    const kernel = graph.nodes.find(({ op }) => op === 'Const')?.weight ?? ''
    expect(await weights.values(kernel)).toHaveLength(24)
  })

  it.skipIf(!hasSharedModels)('of ../shared opens whole, with its numbered labels', async () => {
    const files = ['frozen_graph.pb', 'labels.txt'].map((name) =>
      diskFile(new URL(`mobilenet_v1_0.25_128/${name}`, sharedModels), `mobilenet_v1_0.25_128/${name}`),
    )
    const { graph, labels, name } = await openModel(files, quiet)
    expect(name).toBe('mobilenet_v1_0.25_128')
    expect([graph.nodes.length, graph.weights.size]).toEqual([555, 166])
    expect(graph.outputs[0].tensor).toBe('MobilenetV1/Predictions/Reshape_1:0')
    expect(labels).toHaveLength(1001)
    expect(labels?.slice(0, 2)).toEqual(['background', 'tench, Tinca tinca'])
  })
})

describe('a graph that was not frozen', () => {
  it('ends where something is computed from its inputs, and starts where no saver is told', async () => {
    const float = 'attr { key: "dtype" value { type: DT_FLOAT } }'
    const text = `
      node { name: "x" op: "Placeholder" ${float} }
      node { name: "total" op: "VariableV2" ${float} }
      node { name: "save/name" op: "Const" attr { key: "dtype" value { type: DT_STRING } } }
      node { name: "save/filename" op: "PlaceholderWithDefault" input: "save/name"
        attr { key: "dtype" value { type: DT_STRING } } }
      node { name: "y" op: "Relu" input: "x" }
      node { name: "size" op: "Shape" input: "x" }
      node { name: "count" op: "Identity" input: "total" }
      node { name: "counted" op: "AssignAddVariableOp" input: "total" input: "x" }`
    const { graph } = await openModel([textFile('graph.pbtxt', text)], quiet)
    expect(graph.inputs.map(({ tensor }) => tensor)).toEqual(['x:0'])
    expect(graph.outputs.map(({ tensor }) => tensor)).toEqual(['y:0'])
  })
})

describe('a broken file', () => {
  const bytesOf = (name: string) => readAll(frozenFiles(name)[0])

  it('that was cut is not whole', async () => {
    const bytes = await bytesOf('cnn')
    const error = await errorOf(openModel([memoryFile('a.pb', bytes.slice(0, 5000))], quiet))
    expect(error.code).toBe('truncated')
    expect(error.message).toContain('a.pb')
  })

  it('in text names line and column', async () => {
    const error = await errorOf(openModel([textFile('a.pbtxt', 'node {\n  name: "x"\n  op: }\n')], quiet))
    expect(error).toMatchObject({ code: 'bad-graph', details: { line: 3, column: 7 } })
    const open = await errorOf(openModel([textFile('a.pbtxt', 'node {\n  name: "x\n}')], quiet))
    expect(open).toMatchObject({ code: 'bad-graph', details: { line: 2, column: 9 } })
  })

  it('whose constant has other data than its shape wants says so', async () => {
    const tensor = 'tensor { dtype: DT_FLOAT tensor_shape { dim { size: 99999999999 } } float_val: 1 }'
    const text = `node { name: "w" op: "Const" attr { key: "value" value { ${tensor} } } }`
    expect((await errorOf(openModel([textFile('a.pbtxt', text)], quiet))).code).toBe('bad-weight')
  })

  it('without its variables opens with a warning', async () => {
    const text =
      'node { name: "v" op: "VariableV2" attr { key: "dtype" value { type: DT_FLOAT } } }\n' +
      'node { name: "y" op: "Identity" input: "v" }\nnode { name: "save/SaveV2" op: "SaveV2" input: "v" }'
    const { graph, warnings } = await openModel([textFile('graph.pbtxt', text)], quiet)
    expect(warnings[0]).toContain('not frozen')
    expect(graph.outputs.map(({ tensor }) => tensor)).toEqual(['y:0'])
  })
})
