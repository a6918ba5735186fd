import '@tensorflow/tfjs-backend-wasm'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { openModel } from '../formats'
import { frozenFiles, waveValues } from '../formats/frozen/testing/fixtures'
import { metaGraphExpected, metaGraphFiles } from '../formats/meta-graph/testing/fixtures'
import { readAll } from '../formats/source'
import { quiet } from '../formats/testing/files'
import { sharedCase } from '../formats/testing/shared-cases'
import type { SourceFile } from '../formats/types'
import type { TensorValue } from '../types'
import { correctKernels } from './corrections'
import { analyse, toOpened } from './model/analyse'
import type { AnalysedModel } from './model/types'
import { prepareRun, runPrepared } from './run/run-graph'

setWasmPaths(new URL('../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname)
beforeEach(() => tf.setBackend('cpu'))

/** A tensor of a case's `expected.json`; its data may be named as that of the cases' generator. */
interface CaseTensor {
  readonly shape: readonly number[]
  readonly dtype?: string
  readonly data: readonly number[] | string
}

interface CaseExpected {
  readonly output?: unknown
  readonly feeds?: Readonly<Record<string, CaseTensor>>
  readonly fetches?: Readonly<Record<string, { readonly data: readonly number[] }>>
}

function expectedOf(name: string): CaseExpected {
  const url = new URL(`../../../shared/cases/${name}/expected.json`, import.meta.url)
  return JSON.parse(readFileSync(url, 'utf8')) as CaseExpected
}

/** Numbers of the cases' generator: v = (1103515245 v + 12345) mod 2^31, x = v / 0x3fffffff − 1. */
function seeded(seed: number, shape: readonly number[]): TensorValue {
  let v = BigInt(seed)
  const data = Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => {
    v = (1103515245n * v + 12345n) % 2n ** 31n
    return Number(v) / 0x3fffffff - 1
  })
  return { shape: [...shape], dtype: 'float32', data }
}

function fed({ shape, dtype = 'float32', data }: CaseTensor): TensorValue {
  if (typeof data === 'string') return seeded(1, shape)
  return { shape: [...shape], dtype, data: dtype === 'int32' ? Int32Array.from(data) : Float32Array.from(data) }
}

async function opened(files: readonly SourceFile[]): Promise<AnalysedModel> {
  return analyse(await openModel(files, quiet), () => Promise.resolve())
}

type Values = Record<string, readonly number[]>

async function run(
  model: AnalysedModel,
  feeds: Record<string, TensorValue>,
  fetches: readonly string[],
): Promise<Values> {
  const found = await runPrepared(prepareRun(model, feeds, fetches), model, { optimise: true })
  return Object.fromEntries(Object.entries(found).map(([name, { data }]) => [name, Array.from(data, Number)]))
}

function expectClose(found: readonly number[], wanted: readonly number[]): void {
  expect(found).toHaveLength(wanted.length)
  found.forEach((number, i) => expect(number).toBeCloseTo(wanted[i], 5))
}

describe('files of all ages and makers, of ../shared', () => {
  it.each([
    ['keras-2.13-keras-file', [2, 8, 8, 3], 'model.keras'],
    ['checkpoint-index-compressed', [2, 4], ''],
    ['dequantize-constant-weights', [2, 6], ''],
    ['old-placeholder-scalar-shape', [2, 6], ''],
    ['tfjs-0.x-graph-model', [2, 8, 8, 3], ''],
    ['run-from-the-files-own-input', [2, 64], ''],
  ])('%s computes what TensorFlow does, from the input that the file has', async (name, shape, ending) => {
    const files = sharedCase(name)
    if (!files) return
    const model = await opened(files.filter(({ path }) => path.endsWith(ending)))
    const { inputs, outputs } = toOpened(model).summary
    const { output, fetches } = expectedOf(name)
    const wanted = fetches ? Object.values(fetches)[0].data : [output].flat(3).map(Number)
    const found = await run(model, { [inputs[0].name]: seeded(1, shape) }, [outputs[0].name])
    expectClose(found[outputs[0].name], wanted)
    await model.read.close?.()
  })

  it('keras-2.13-keras-file has its weights in a Sequential too', async () => {
    const files = sharedCase('keras-2.13-keras-file')
    if (!files) return
    const model = await opened(files.filter(({ path }) => path.endsWith('sequential.keras')))
    expect([model.read.warnings, model.blocked.size]).toEqual([[], 0])
    expect(model.read.graph.weights.size).toBeGreaterThan(0)
    await model.read.close?.()
  })

  it.each(['cpu', 'wasm'])('operations with wrong kernels give what they should on %s', async (backend) => {
    await tf.setBackend(backend)
    correctKernels()
    for (const name of ['conv-same-stride-beyond-kernel-wasm', 'onehot-float-wasm', 'fake-quant-clamps']) {
      const files = sharedCase(name)
      if (!files) return
      const { feeds = {}, fetches = {} } = expectedOf(name)
      const values = Object.fromEntries(Object.entries(feeds).map(([tensor, value]) => [tensor, fed(value)]))
      const found = await run(await opened(files), values, Object.keys(fetches))
      // Of long results the first values are there.
      for (const [tensor, { data }] of Object.entries(fetches)) expectClose(found[tensor].slice(0, data.length), data)
    }
  })

  it('ckpt opens with the values of its checkpoint', async () => {
    const files = sharedCase('ckpt')
    if (!files) return
    const { read, cuts } = await opened(files)
    const data = files.find(({ path }) => path.includes('.data-'))
    const stored = data && (await readAll(data))
    expect(new Float32Array(stored?.buffer ?? new ArrayBuffer())).toEqual(await read.weights.values('w'))
    expect([read.format, cuts.suggested]).toEqual(['checkpoint', 'y:0'])
  })

  it.each(['training-graph-gradients', 'queue-and-custom-two-outputs'])('%s is drawn', async (name) => {
    const files = sharedCase(name)
    if (!files) return
    const { graph, read } = await opened(files)
    expect(graph.nodes.length).toBe(read.graph.nodes.length)
    expect(graph.nodes.some(({ inputs }) => inputs.some((input) => input.endsWith(':1')))).toBe(true)
  })
})

describe('files of all ages and makers', () => {
  it('of training compute what TensorFlow does with the values it ended with', async () => {
    const { inputs, outputs } = metaGraphExpected('training')
    const model = await opened(metaGraphFiles('training'))
    expect(model.cuts.suggested).toBe('pool:0')
    const { shape } = inputs['image:0']
    const image = { shape: [...shape], dtype: 'float32', data: waveValues(inputs['image:0']) }
    const found = await run(model, { 'image:0': image }, Object.keys(outputs))
    for (const [name, { data }] of Object.entries(outputs)) expectClose(found[name], data.map(Number))
  })

  it('with variables, gradients and two outputs open; what cannot run is said by name', async () => {
    const model = await opened(frozenFiles('training'))
    expect(model.read.warnings).toEqual([expect.stringContaining('the values of 2 variables (w, b) are not in it')])
    expect(model.read.graph.outputs.map(({ tensor }) => tensor)).toEqual(['Sum_1:0'])
    const [broadcast] = model.graph.nodes.filter(({ op }) => op === 'BroadcastGradientArgs')
    expect(model.infos.has(`${broadcast.name}:1`)).toBe(true)
    expect(model.blocked.get(broadcast.name)?.reason).toContain('BroadcastGradientArgs')
    // Fed behind what is not in the file, the rest runs.
    const sum = { shape: [1, 3], dtype: 'float32', data: Float32Array.of(0, Math.log(2), Math.log(5)) }
    expectClose((await run(model, { 'sum:0': sum }, ['y:0']))['y:0'], [0.125, 0.25, 0.625])
  })

  it('with queues and operations of somebody’s own open, and run from their outputs on', async () => {
    const model = await opened(frozenFiles('two-outputs'))
    expect([...model.blocked.keys()]).toEqual(['queue', 'batch', 'own'])
    const feeds = {
      'batch:0': { shape: [2], dtype: 'float32', data: Float32Array.of(-1, 2) },
      'batch:1': { shape: [2], dtype: 'int32', data: Int32Array.of(3, 4) },
    }
    expect(await run(model, feeds, ['pictures:0', 'labels:0'])).toEqual({ 'pictures:0': [0, 2], 'labels:0': [3, 4] })
    const second = { 'own:1': { shape: [1], dtype: 'float32', data: Float32Array.of(5) } }
    expect(await run(model, second, ['second:0'])).toEqual({ 'second:0': [-5] })
  })

  it('that begin at an encoded file say where the picture itself goes in', async () => {
    const model = await opened(frozenFiles('retrained'))
    const [input] = toOpened(model).summary.inputs
    const file = { shape: [], dtype: 'string', data: ['a JPEG'] }
    expect(() => prepareRun(model, { [input.name]: file }, ['final_result:0'])).toThrow(
      expect.objectContaining({
        code: 'bad-feed',
        next: 'Give the picture itself, decoded and resized, at “ResizeBilinear:0”.',
      }) as Error,
    )
  })
})
