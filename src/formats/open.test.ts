import { describe, expect, it } from 'vitest'
import { openModel } from '.'
import { CutpointError } from '../errors'
import { memoryFile } from './source'
import { errorOf } from './testing/errors'
import { jsonFile, quiet, textFile } from './testing/files'
import { floats, modelFiles, tinyModel } from './testing/tiny-model'
import type { SourceFile } from './types'

const bytes = (path: string, ...values: number[]) => memoryFile(path, Uint8Array.from(values))
const latin = (path: string, text: string) =>
  memoryFile(
    path,
    Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
  )
const photo = (path: string) => bytes(path, 0xff, 0xd8, 0xff, 0xe0, 0, 16)

describe('files without a model that can be opened', () => {
  it.each<[string, SourceFile[], string[]]>([
    ['nothing', [], ['no files']],
    ['one photo', [photo('cat.jpg')], ['photo', 'not a model']],
    ['photos', [photo('cat.jpg'), latin('dog.png', '\x89PNG\r\n')], ['These are photos']],
    ['something else', [textFile('notes.txt', 'hello'), jsonFile('a.json', { a: 1 })], ['notes.txt', 'a.json']],
    ['an empty file', [bytes('empty')], ['empty']],
    ['a TensorFlow Lite model', [latin('a.tflite', '\x1c\0\0\0TFL3')], ['a.tflite', 'Lite']],
    ['a web page', [textFile('model.json', '\n<!DOCTYPE html><title>404</title>')], ['model.json', 'web page']],
    [
      'a SavedModel as text',
      [textFile('saved_model.pbtxt', 'saved_model_schema_version: 1\nmeta_graphs {\n')],
      ['saved_model.pbtxt', 'as text'],
    ],
    [
      'a checkpoint',
      [bytes('net.data-00000-of-00001', 0, 0, 0, 0), bytes('net.meta', 0x0a, 2, 0x12, 0)],
      ['net.data', 'checkpoint'],
    ],
    [
      'the index of one by another name',
      [bytes('index', 1, 0, 0, 0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb)],
      ['checkpoint'],
    ],
  ])('are refused: %s', async (_what, files, words) => {
    const error = await errorOf(openModel(files, quiet))
    expect(error.code).toBe('not-a-model')
    for (const word of words) expect(error.message).toContain(word)
    expect(error.next.length).toBeGreaterThan(10)
  })

  it('are refused as what they stand for', async () => {
    const pointer = textFile('model.json', 'version https://git-lfs.github.com/spec/v1\n')
    const error = await errorOf(openModel([pointer], quiet))
    expect(error.code).toBe('git-lfs')
    expect(error.message).toContain('model.json')
  })

  it('are refused with all that can be opened', async () => {
    const { next } = await errorOf(openModel([textFile('notes.txt', 'hello')], quiet))
    for (const word of ['SavedModel', '.pb', '.h5', '.keras', 'model.json']) expect(next).toContain(word)
  })

  it('are refused for their JSON where that is broken', async () => {
    expect((await errorOf(openModel([textFile('model.json', '{"a": ')], quiet))).code).toBe('bad-json')
  })
})

describe('several models', () => {
  const under = (folder: string) => modelFiles(tinyModel()).map((file) => ({ ...file, path: `${folder}/${file.path}` }))

  it('are named, and one can be chosen', async () => {
    const files = [...under('a'), ...under('b')]
    const error = await errorOf(openModel(files, quiet))
    expect([error.code, error.details.models]).toEqual(['several-models', ['a/model.json', 'b/model.json']])
    expect((await openModel(files, quiet, { choose: 'b/model.json' })).name).toBe('b')
    expect((await errorOf(openModel(files, quiet, { choose: 'c/model.json' }))).code).toBe('several-models')
  })

  it('of which none can be opened are not several', async () => {
    expect((await openModel([...under('a'), photo('b/model.jpg')], quiet)).name).toBe('a')
  })
})

describe('a large model', () => {
  it('is refused before its weights are read, unless allowed', async () => {
    let read = 0
    const [json, shard] = modelFiles(tinyModel())
    const watched: SourceFile = { ...shard, slice: (start, end) => ((read += end - start), shard.slice(start, end)) }
    const files = [json, watched]
    const bytesInAll = json.size + shard.size
    const error = await errorOf(openModel(files, quiet, { maxBytes: bytesInAll - 1 }))
    expect([error.code, error.details.bytes]).toEqual(['too-large', bytesInAll])
    // Eight bytes are looked at once to see what the file is.
    expect(read).toBeLessThanOrEqual(16)
    expect((await openModel(files, quiet, { maxBytes: bytesInAll })).bytes).toBe(bytesInAll)
    expect((await openModel(files, quiet, { maxBytes: 1, allowLarge: true })).bytes).toBe(bytesInAll)
  })

  it('of a gibibyte and more is refused by default', async () => {
    const spec = { name: 'w', shape: [2 ** 28], dtype: 'float32' }
    const model = { ...tinyModel(), weightsManifest: [{ paths: ['w.bin'], weights: [spec] }] }
    const huge: SourceFile = {
      path: 'w.bin',
      size: 2 ** 30,
      slice: (start, end) => Promise.resolve(new Uint8Array(Math.min(end - start, 4096))),
    }
    expect((await errorOf(openModel([jsonFile('model.json', model), huge], quiet))).code).toBe('too-large')
  })
})

describe('progress and cancel', () => {
  it('reports bytes of weights up to all of them', async () => {
    const seen: number[][] = []
    const model = {
      ...tinyModel(),
      weightsManifest: [{ paths: ['a', 'b'], weights: [{ name: 'w', shape: [2], dtype: 'float32' }] }],
    }
    const data = floats(1, 2)
    const files = modelFiles(model, { a: data.slice(0, 3), b: data.slice(3) })
    await openModel(files, {
      ...quiet,
      progress: (what, done, total) => {
        if (what === 'Reading the weights') seen.push([done, total])
      },
    })
    expect(seen).toEqual([
      [3, 8],
      [8, 8],
    ])
  })

  it('stops once cancelled', async () => {
    let calls = 0
    const cancelled = new CutpointError('cancelled', 'Cancelled.', 'Start again.')
    const checkCancelled = (): void => {
      if ((calls += 1) > 3) throw cancelled
    }
    expect(await errorOf(openModel(modelFiles(tinyModel()), { ...quiet, checkCancelled }))).toBe(cancelled)
  })
})
