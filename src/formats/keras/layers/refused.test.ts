import { describe, expect, it } from 'vitest'
import { createBuilder } from '../builder'
import type { DType } from '../../../graph/types'
import { plainClass } from '../config/clean-config'
import { createDraft } from '../draft'
import { loweringKeys, NotLowered, type Argument, type Symbolic } from '../types'
import { lowerings } from '.'

/** Lowers one layer without weights, called with an image or a series and whatever else. */
function lower(
  className: string,
  config: Record<string, unknown>,
  kwargs: Record<string, Argument> = {},
  dtype: DType = 'float32',
): readonly Symbolic[] {
  const draft = createDraft()
  const x = draft.placeholder('x', dtype, [null, 6, 5, 4])
  const layer = { name: 'layer', className, config, module: 'keras.layers', kerasVersion: 3, weights: [] }
  const run = lowerings.get(className)
  if (!run) throw new Error(className)
  return run(layer, { args: [x], kwargs }, createBuilder(draft, 'layer', new Map()))
}

const bytes: Argument = { tensor: 'x:0', shape: [null, 4, 4], dtype: 'uint8' }

describe('what cannot be computed as Keras does', () => {
  it.each([
    ['Conv2D', { filters: 3, kernel_size: 3, groups: 3 }, 'groups'],
    ['Conv2D', { filters: 3, kernel_size: [3, 3, 3] }, 'kernel_size'],
    ['Conv2D', { filters: 3, kernel_size: 3, padding: 'causal' }, 'series'],
    ['Conv2DTranspose', { filters: 3, kernel_size: 3, dilation_rate: 2 }, 'dilation'],
    ['Resizing', { height: 3, width: 3, pad_to_aspect_ratio: true }, 'padding'],
    ['Resizing', { height: 3, width: 3, interpolation: 'lanczos5' }, 'interpolation'],
    ['RandomCrop', { height: 3, width: 3 }, 'releases'],
    ['Softmax', { axis: [1, 2] }, 'several dimensions'],
    ['Activation', { activation: 'my_own' }, 'my_own'],
    ['Embedding', { mask_zero: true }, 'masks'],
    ['Lambda', { arguments: {} }, 'Python'],
    ['TFOpLambda', { function: 'math.bessel_i0' }, 'bessel_i0'],
    ['Attention', { causal: true }, 'later'],
    ['MultiHeadAttention', { num_heads: 1, key_dim: 4, sliding_window: 2 }, 'window'],
    ['Activation', { activation: { class_name: 'PReLU', config: { shared_axes: [1, 2] } } }, 'activation'],
    ['ops.Softmax', { axis: null }, 'all dimensions'],
    ['ops.Max', { axis: -1, initial: 0.5 }, 'value of its own'],
    ['ops.Round', { decimals: 2 }, 'decimals'],
    ['Permute', { dims: [1, 1, 2] }, 'axes'],
    ['ZeroPadding2D', { padding: -1 }, 'negative'],
  ])('is refused in words: %s %j', (className, config, words) => {
    const refused = (): unknown => lower(className, config)
    expect(refused).toThrow(NotLowered)
    expect(refused).toThrow(words)
  })

  it.each(['LayerNormalization', 'RMSNormalization', 'GroupNormalization'])(
    'is refused of whole numbers: %s',
    (name) => {
      expect(() => lower(name, {}, {}, 'uint8')).toThrow('whole numbers')
    },
  )

  it('is refused when it multiplies matrices of bytes', () => {
    expect(() => lower('ops.Matmul', {}, { x1: bytes, x2: bytes }, 'uint8')).toThrow('bytes')
  })

  it('is refused when it normalises as in training', () => {
    expect(() => lower('BatchNormalization', {}, { training: true })).toThrow('as in training')
    expect(() => lower('BatchNormalization', { trainable: false }, { training: true })).toThrow('no weight')
  })

  it('is refused when its bias is of channels that stand first', () => {
    const call = { bias: [1, 2, 3, 4, 5, 6], data_format: 'NCHW' }
    expect(() => lower('TFOpLambda', { function: 'nn.bias_add' }, call)).toThrow('channels stand first')
  })

  it.each([
    { class_name: '__numpy__', config: { value: [0, 2], dtype: 'int64' } },
    { tensor: 'places:0', shape: [], dtype: 'int32' },
  ])('is refused when it takes places that are no slices: %j', (places) => {
    expect(() => lower('SlicingOpLambda', { function: '__operators__.getitem' }, { slice_spec: [places] })).toThrow(
      'computed',
    )
  })

  it('is refused when it is called with a mask', () => {
    expect(() => lower('Softmax', {}, { mask: true })).toThrow('mask')
  })
})

it.each([
  [{ class_name: 'Custom>Attention' }, []],
  [{ class_name: 'UnitNormalization', registered_name: 'Custom>UnitNormalization', module: null }, []],
  [{ class_name: 'UnitNormalization', registered_name: 'UnitNormalization', module: '__main__' }, []],
  [{ class_name: 'Softmax', registered_name: 'Softmax', module: null }, []],
  [{ class_name: 'Multiply', registered_name: 'my_keras>Multiply', module: 'my_keras.layers' }, []],
  [{ class_name: 'Custom>CustomScaleLayer' }, ['CustomScaleLayer']],
  [{ class_name: 'Attention' }, ['Attention']],
  [{ class_name: 'Attention', module: 'keras.layers', registered_name: null }, ['Attention']],
  [{ class_name: 'Average', module: 'keras.src.ops.numpy', registered_name: 'Average' }, ['ops.Average']],
])('takes no class of another package for one of Keras: %j', (json, keys) => {
  expect(loweringKeys({ ...plainClass(json), name: 'layer', config: {}, kerasVersion: 3, weights: [] })).toEqual(keys)
})

it('adds the bias that preprocess_input of Keras 2 gives by its name', () => {
  const [sum] = lower(
    'TFOpLambda',
    { function: 'nn.bias_add' },
    { bias: [-103.9, -116.8, -123.7, 0], data_format: 'NHWC' },
  )
  expect(sum.shape).toEqual([null, 6, 5, 4])
})

it('scales a branch where Keras 2 wrote InceptionResNetV2 with code of its own', () => {
  const draft = createDraft()
  const [x, branch] = ['x', 'branch'].map((name) => draft.placeholder(name, 'float32', [null, 3, 3, 8]))
  const config = { arguments: { scale: 0.17 } }
  const layer = { name: 'block35_1', className: 'Lambda', config, module: '', kerasVersion: 2, weights: [] }
  const [sum] =
    lowerings.get('Lambda')?.(layer, { args: [[x, branch]], kwargs: {} }, createBuilder(draft, '', new Map())) ?? []
  expect(sum.shape).toEqual([null, 3, 3, 8])
  expect(draft.nodes.map((node) => node.op)).toEqual(['Placeholder', 'Placeholder', 'Const', 'Mul', 'AddV2'])
})
