import { expect, it } from 'vitest'
import { openModel } from '..'
import { needed } from '../../graph/optimise'
import { rangeNumbers } from '../../input-ranges'
import { fixtureFiles, quiet } from '../testing/files'
import { asSources } from '../testing/tiny-model'
import type { GraftMetadata } from '../types'
import { writer } from './write'

const metadata: GraftMetadata = {
  ...{ format: 'cutpoint-export', version: 1, labels: ['a', 'b'], output: 'y:0', cut: ['x:0'], otherInputs: {} },
  preprocessing: { input: 'x:0', width: 2, height: 3, fit: 'crop', range: '0to255', order: 'bgr', channels: 3 },
  model: 'net',
  accuracy: { train: 1, validation: null, test: null },
  images: { train: 2, validation: 0, test: 0 },
  versions: { cutpoint: '1.2.3', tfjs: '4' },
}

it('writes a model that opens again with its labels and preparation, and the page that runs it', async () => {
  const model = await openModel(fixtureFiles('cnn-float32'), quiet)
  const files = await writer.write({ graph: model.graph, weights: model.weights, head: { layers: [] }, metadata })
  expect(files.map(({ path }) => path)).toEqual([
    'model.json',
    'group1-shard1of1.bin',
    'index.html',
    'style.css',
    'run.js',
  ])
  const text = (path: string): string => new TextDecoder().decode(files.find((file) => file.path === path)?.bytes)
  expect(JSON.parse(text('model.json'))).toMatchObject({ generatedBy: 'Cutpoint 1.2.3' })
  expect(text('index.html')).toContain('run.js')
  const [, ranges] = /JSON\.parse\('(.+)'\)/.exec(text('run.js')) ?? []
  expect(JSON.parse(ranges)).toEqual(rangeNumbers)
  const again = await openModel(asSources(files), quiet)
  expect(again.graph).toEqual(model.graph)
  expect(again.labels).toEqual(['a', 'b'])
  expect(again.preprocessing).toMatchObject({ width: 2, height: 3, range: '0to255', order: 'bgr' })
})

it('is given graphs without what TensorFlow.js cannot run', () => {
  expect(writer.passes).toEqual(needed)
})
