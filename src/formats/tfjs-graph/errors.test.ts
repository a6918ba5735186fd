import { describe, expect, it } from 'vitest'
import { openModel } from '..'
import { memoryFile } from '../source'
import { errorOf } from '../testing/errors'
import { fixtureFiles, jsonFile, quiet, textFile } from '../testing/files'
import { floats, modelFiles, tinyModel, withWeight, type TinyModel } from '../testing/tiny-model'
import type { SourceFile } from '../types'

const fail = (files: readonly SourceFile[]) => errorOf(openModel(files, quiet))

/** The error of the tiny model after `change`. */
function failAfter(change: (model: TinyModel) => void) {
  const model = tinyModel()
  change(model)
  return fail(modelFiles(model))
}

describe('weight files', () => {
  it('that are missing are all named', async () => {
    const files = fixtureFiles('cnn-groups').filter((file) => !/group2-shard[13]|group3/.test(file.path))
    const error = await fail(files)
    expect(error.code).toBe('missing-shards')
    expect(error.details.missing).toEqual(['group2-shard1of3.bin', 'group2-shard3of3.bin', 'group3-shard1of1.bin'])
    expect(error.message).toContain('cnn-groups/model.json')
    expect(error.message).toContain('group2-shard3of3.bin')
  })

  it.each([
    [7, 'short'],
    [9, 'long'],
    [0, 'short'],
  ])('of %d bytes where 8 are needed are too %s', async (size, word) => {
    const error = await fail(modelFiles(tinyModel(), { 'w.bin': new Uint8Array(size) }))
    expect(error.code).toBe('shard-size')
    expect(error.details).toMatchObject({ expected: 8, found: size, shards: ['w.bin'] })
    expect(error.message).toContain(`w.bin is too ${word}`)
  })

  it.each([
    { shape: [2], dtype: { toString: 1 } },
    { shape: [2], dtype: 'float32', quantization: { dtype: { toString: 1, valueOf: 2 } } },
  ])('of a type with a toString of its own are refused: %j', async (spec) => {
    expect((await fail(withWeight(spec, new Uint8Array(8)))).code).toBe('unknown-dtype')
  })

  it('of strings that are cut, or go on, have the wrong size', async () => {
    const spec = { shape: [2], dtype: 'string' }
    const whole = Uint8Array.of(1, 0, 0, 0, 97, 2, 0, 0, 0, 98, 99)
    const model = await openModel(withWeight(spec, whole), quiet)
    expect(await model.weights.values('w')).toEqual(['a', 'bc'])
    expect(await fail(withWeight(spec, whole.slice(0, 10)))).toMatchObject({
      code: 'shard-size',
      details: { expected: 11, found: 10 },
    })
    expect(await fail(withWeight(spec, whole.slice(0, 7)))).toMatchObject({
      code: 'shard-size',
      details: { expected: 8 },
    })
    expect(await fail(withWeight(spec, Uint8Array.of(...whole, 0)))).toMatchObject({
      code: 'shard-size',
      details: { expected: 11, found: 12 },
    })
    expect((await fail(withWeight({ shape: [2 ** 40], dtype: 'string' }, whole))).code).toBe('shard-size')
  })

  it('that are Git LFS pointers or web pages are called so', async () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n'
    const error = await fail([jsonFile('model.json', tinyModel()), textFile('w.bin', pointer)])
    expect(error.code).toBe('shard-size')
    expect(error.message).toContain('w.bin is a Git LFS pointer')
    const page = await fail([jsonFile('model.json', tinyModel()), textFile('w.bin', '<!DOCTYPE html><p>Not found')])
    expect(page.message).toContain('w.bin is a web page')
  })
})

describe('weights', () => {
  it.each([
    ['a negative size', { shape: [-2], dtype: 'float32' }],
    ['a size that is no whole number', { shape: [1.5], dtype: 'float32' }],
    ['a size that is text', { shape: ['2'], dtype: 'float32' }],
    ['no shape', { dtype: 'float32' }],
    ['more bytes than can be counted', { shape: [2 ** 30, 2 ** 30], dtype: 'float32' }],
    ['levels without a scale', { shape: [8], dtype: 'float32', quantization: { dtype: 'uint8', min: 0 } }],
  ])('with %s are refused', async (_what, spec) => {
    const error = await fail(withWeight(spec, floats(1.5, -2)))
    expect([error.code, error.details.weight]).toEqual(['bad-weight', 'w'])
    expect(error.message).toContain('model.json')
    expect(error.message).toContain('“w”')
  })

  it('listed twice are refused', async () => {
    const error = await failAfter((model) => model.weightsManifest.push(model.weightsManifest[0]))
    expect([error.code, error.details.weight]).toEqual(['bad-weight', 'w'])
  })

  it('whose shape is not the one their constant says are refused', async () => {
    const error = await failAfter((model) => {
      model.modelTopology.node[1] = {
        name: 'w',
        op: 'Const',
        attr: { value: { tensor: { dtype: 1, tensorShape: { dim: [{ size: '3' }] } } } },
      }
    })
    expect(error).toMatchObject({ code: 'bad-weight', details: { weight: 'w', stated: [3], found: [2] } })
  })

  it('that a constant needs but no file holds are refused', async () => {
    const error = await failAfter((model) => (model.weightsManifest = []))
    expect([error.code, error.details.weight]).toEqual(['bad-weight', 'w'])
  })

  it.each([
    [{ dtype: 'complex64' }, 'complex64'],
    [{ dtype: 'int64' }, 'int64'],
    [{ dtype: 'toString' }, 'toString'],
    [{ dtype: 'float32', quantization: { dtype: 'int4', scale: 1, min: 0 } }, 'int4'],
    [{ dtype: 'int32', quantization: { dtype: 'float16' } }, 'int32 stored as float16'],
    [{ dtype: 'bool', quantization: { dtype: 'uint8', scale: 1, min: 0 } }, 'bool stored as uint8'],
  ])('of type %j are refused', async (spec, words) => {
    const error = await fail(withWeight({ shape: [2], ...spec }, floats(1.5, -2)))
    expect(error.code).toBe('unknown-dtype')
    expect(error.message).toContain(words)
    expect(error.message).toContain('“w”')
  })
})

describe('graphs', () => {
  it.each<[string, string, string, (model: TinyModel) => void]>([
    ['without nodes', 'bad-graph', 'no nodes', (model) => (model.modelTopology.node = [])],
    ['with a nameless node', 'bad-graph', 'without a name', (model) => delete model.modelTopology.node[2].name],
    ['with a node without operation', 'bad-graph', '“y”', (model) => (model.modelTopology.node[2].op = 7)],
    ['with inputs that are no names', 'bad-graph', '“y”', (model) => (model.modelTopology.node[2].input = [1])],
    [
      'with an attribute of the wrong kind',
      'bad-graph',
      '“T”',
      (model) => (model.modelTopology.node[2].attr = { T: 3 }),
    ],
    [
      'with a number that is none',
      'bad-graph',
      '“n”',
      (model) => (model.modelTopology.node[2].attr = { n: { i: 'many' } }),
    ],
    [
      'with two nodes of one name',
      'bad-graph',
      '“y”',
      (model) => model.modelTopology.node.push({ name: 'y', op: 'Relu', input: ['x'] }),
    ],
    ['with an input nobody makes', 'dangling-input', '“z', (model) => (model.modelTopology.node[2].input = ['x', 'z'])],
    ['with a circle', 'cyclic-graph', 'y → y', (model) => (model.modelTopology.node[2].input = ['x', 'y'])],
  ])('%s are refused: %s', async (_what, code, words, change) => {
    const error = await failAfter(change)
    expect(error.code).toBe(code)
    expect(error.message).toContain('model.json')
    expect(error.message).toContain(words)
  })
})

describe('JSON', () => {
  it('that is cut off is said to end, with the place', async () => {
    const text = JSON.stringify(tinyModel(), null, 1)
    const error = await fail([textFile('model.json', text.slice(0, 300)), memoryFile('w.bin', floats(1, 2))])
    expect(error.code).toBe('bad-json')
    expect(error.details).toMatchObject({
      path: 'model.json',
      position: 300,
      line: text.slice(0, 300).split('\n').length,
    })
    expect(error.message).toContain('ends in the middle')
  })

  it('with a mistake is refused with line and column', async () => {
    const error = await fail([textFile('model.json', '{\n "modelTopology": {},\n "format": oops }')])
    expect(error.code).toBe('bad-json')
    expect(error.details).toMatchObject({ line: 3, column: 12 })
  })

  it('without a graph is refused', async () => {
    expect(await fail([jsonFile('model.json', { format: 'graph-model', weightsManifest: [] })])).toMatchObject({
      code: 'bad-graph',
    })
  })
})
