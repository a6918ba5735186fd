import { describe, expect, it } from 'vitest'
import { openModel } from '.'
import { modelName } from './model-name'
import { jsonFile, quiet, textFile } from './testing/files'
import { modelFiles, tinyModel } from './testing/tiny-model'

const withMetadata = (userDefinedMetadata: Record<string, unknown>) =>
  modelFiles({ ...tinyModel(), userDefinedMetadata })

describe('labels', () => {
  it('are those in the model’s metadata', async () => {
    const model = await openModel([...withMetadata({ labels: ['cat', 'dog'] }), textFile('labels.txt', 'other')], quiet)
    expect(model.labels).toEqual(['cat', 'dog'])
  })

  it('are in the file the metadata names', async () => {
    const files = [...withMetadata({ labels: 'names.txt' }), textFile('names.txt', 'cat\r\n dog \n\nbird\n\n')]
    expect((await openModel(files, quiet)).labels).toEqual(['cat', 'dog', '', 'bird'])
  })

  it('are in a labels.txt or metadata.json of the same folder', async () => {
    const model = modelFiles(tinyModel())
    expect((await openModel([...model, textFile('labels.txt', 'a\nb')], quiet)).labels).toEqual(['a', 'b'])
    expect((await openModel([...model, jsonFile('metadata.json', { labels: ['x', 'y'] })], quiet)).labels).toEqual([
      'x',
      'y',
    ])
    expect((await openModel([...model, textFile('other/labels.txt', 'a\nb')], quiet)).labels).toBeNull()
  })

  it('that cannot be read do not keep the model from opening', async () => {
    const model = await openModel([...modelFiles(tinyModel()), textFile('metadata.json', '{"labels": [')], quiet)
    expect(model.labels).toBeNull()
    expect(model.warnings[0]).toContain('metadata.json')
    expect((await openModel(withMetadata({ labels: ['a', 3] }), quiet)).labels).toBeNull()
  })
})

describe('preprocessing', () => {
  it('is what the metadata says, without what means nothing', async () => {
    const preprocessing = {
      width: 224,
      height: 0,
      fit: 'crop',
      range: 'minus1to1',
      order: 'grb',
      input: 'x:0',
      extra: 1,
    }
    const model = await openModel(withMetadata({ preprocessing }), quiet)
    const how = 'from the model’s files'
    expect(model.preprocessing).toEqual({ width: 224, fit: 'crop', range: 'minus1to1', input: 'x:0', how })
  })

  it('is in a metadata.json of the same folder where the model does not say', async () => {
    const files = [
      ...modelFiles(tinyModel()),
      jsonFile('metadata.json', { preprocessing: { range: '0to1', order: 'bgr' } }),
    ]
    expect((await openModel(files, quiet)).preprocessing).toMatchObject({ range: '0to1', order: 'bgr' })
    expect((await openModel(modelFiles(tinyModel()), quiet)).preprocessing).toBeNull()
  })
})

describe('modelName', () => {
  it.each([
    ['posenet.json', 'posenet'],
    ['model.json', 'model'],
    ['mobilenet/model.json', 'mobilenet'],
    ['mobilenet/web_model/model.json', 'mobilenet'],
    ['google/tfjs-model/imagenet/mobilenet_v2_100/classification/3/default/1/model.json', 'mobilenet_v2_100'],
    ['models/1/model.json', '1'],
  ])('of %s is %s', (path, name) => expect(modelName(path)).toBe(name))
})
