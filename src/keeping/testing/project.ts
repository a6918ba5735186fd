import { noCopies } from '../../augment-options'
import type { HeadReport } from '../../types'
import type { Project, ProjectHead } from '../project/project'

const hashOf = (letter: string): string => letter.repeat(64)

const report: HeadReport = {
  backend: 'wasm',
  labels: ['cat', 'dog, "small"'],
  images: { train: 2, validation: 0, test: 1 },
  features: { count: 3, length: 2, fromCache: 0, ms: 12.5 },
  decodeMs: 3.25,
  fit: { ms: 1, iterations: 4, loss: 0.1 + 0.2, gradient: null, stopped: 'gradient' },
  history: [{ loss: 0.693, accuracy: 0.5, validationLoss: null, validationAccuracy: null }],
  accuracy: { train: 1, validation: null, test: 0 },
  warnings: ['Few photos.'],
  evaluated: [
    { image: 'photo-1', part: 'train', label: 0, predicted: 0, confidence: 0.9 },
    { image: 'photo-2', part: 'train', label: 1, predicted: 1, confidence: 0.8 },
    { image: 'photo-3', part: 'test', label: 0, predicted: 1, confidence: 1 / 3 },
  ],
  leaveOneOut: null,
  evaluateMs: 0.5,
}

const preprocessing: NonNullable<Project['preprocessing']> = {
  input: 'images:0',
  width: 8,
  height: 8,
  fit: 'crop',
  range: '0to1',
  order: 'rgb',
  how: 'asked',
}

const options: Project['options'] = {
  head: { kind: 'linear', l2: 0.01, scale: 'global' },
  split: { train: 0.8, validation: 0, test: 0.2 },
  tail: null,
  classWeights: 'none',
  seed: 1,
  augment: noCopies,
}

const head: ProjectHead = {
  id: 'head-1',
  options,
  cut: ['pool:0'],
  preprocessing,
  report,
  trainedOn: { photos: '0123456789abcdef', settings: 'fedcba9876543210' },
  at: 1_700_000_000_000,
  labels: report.labels,
  pool: 'average',
  tail: null,
  layers: [
    {
      kind: 'dense',
      kernel: Float32Array.from({ length: 6 }, (_, at) => Math.fround(0.1 * at) - 0.3),
      bias: Float32Array.of(1e-20, -0, 3),
      outputs: 3,
      activation: 'relu',
    },
    {
      kind: 'dense',
      kernel: Float32Array.of(1, 2, 3, 4, 5, 6),
      bias: Float32Array.of(7, 8),
      outputs: 2,
      activation: 'softmax',
    },
  ],
}

/** A small project with everything in it: three photos, two of which are of the same file. */
export function tinyProject(): Project {
  const photo = { part: 'train', pinned: false, group: null, width: 4, height: 3 } as const
  return {
    model: {
      name: 'tiny',
      files: [
        { path: 'web/model.json', blob: new Blob(['{"format":"graph-model"}']) },
        { path: 'web/group1-shard1of1.bin', blob: new Blob([Uint8Array.of(1, 2, 3, 4)]) },
      ],
      labels: ['tench', 'goldfish'],
      told: [
        { layer: 'inside/scale', told: { does: 'formula', formula: 'x / 127.5 - 1' } },
        { layer: 'centre', told: { does: 'shift', mean: [1, 2, 3], deviation: [0.5] } },
      ],
      choose: null,
      output: 'probabilities:0',
      otherInputs: [{ tensor: 'training:0', value: { shape: [], dtype: 'bool', data: Uint8Array.of(1) } }],
    },
    preprocessing,
    preprocessingKnown: true,
    cut: ['pool:0'],
    advice: {
      cuts: [
        { tensors: ['stem:0'], accuracy: 0.5, error: 0.25, featureLength: 4, multiplyAdds: 100, bytes: 40 },
        { tensors: ['stem:0', 'pool:0'], accuracy: 1, error: 0.1, featureLength: 6, multiplyAdds: 300, bytes: 90 },
      ],
      photos: 2,
      labels: 2,
      on: { photos: '00112233', settings: '44556677' },
      at: 1_700_000_000_001,
    },
    options,
    autoTrain: false,
    labels: ['dog, "small"', 'cat', 'empty'],
    photos: [
      { ...photo, id: 'photo-1', name: 'pets/../a cat.jpg', label: 'cat', hash: hashOf('a') },
      { ...photo, id: 'photo-2', name: 'rex.png', label: 'dog, "small"', hash: hashOf('b'), group: 'recording-1' },
      { ...photo, id: 'photo-3', name: '=cmd|x', label: 'cat', hash: hashOf('a'), part: 'test', pinned: true },
    ],
    pictures: new Map([
      [hashOf('a'), new Blob(['the cat'])],
      [hashOf('b'), new Blob(['the dog'])],
    ]),
    heads: [head],
    head: 'head-1',
  }
}
