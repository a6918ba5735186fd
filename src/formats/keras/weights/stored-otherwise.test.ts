import { expect, it } from 'vitest'
import { describe as describeWeight } from '../../weights/store'
import { lowerings } from '../layers'
import { lowerModel } from '../lower-model'
import { readModelConfig } from '../config/model'

/** What is said of one layer, as Keras 3 writes it, with weights `[4, 5]` of these names. */
function warningsOf(
  className: string,
  config: object,
  dtype: 'int8' | 'float32',
  names: readonly string[],
): readonly string[] {
  const layers = [
    { class_name: 'InputLayer', config: { name: 'x', batch_shape: [null, 3, 4] } },
    { class_name: className, module: 'keras.layers', config: { name: 'layer', ...config } },
  ]
  const model = readModelConfig({ class_name: 'Sequential', config: { name: 'model', layers } }, 'm.keras', 3)
  const kind = dtype === 'int8' ? ({ dtype: 'int32', stored: { dtype } } as const) : { dtype }
  const weights = names.map((name) => {
    const spec = { name: `layer/${name}`, shape: [4, 5], ...kind }
    return { name, stored: describeWeight(spec, new Uint8Array(dtype === 'int8' ? 20 : 80)) }
  })
  return lowerModel(model, { file: 'm.keras', kerasVersion: 3, lowerings, findWeights: () => weights }).warnings
}

const einsum = { equation: 'abc,cd->abd', output_shape: [null, 5] }
const policy = { class_name: 'QuantizedDTypePolicy', config: { mode: 'int8', source_name: 'float32' } }

it.each([
  ['EinsumDense', { ...einsum, quantization_config: { class_name: 'Int8QuantizationConfig' } }, 'float32'],
  ['EinsumDense', { ...einsum, dtype: policy }, 'float32'],
  [
    'EinsumDense',
    { ...einsum, dtype: { class_name: 'DTypePolicy', config: { name: 'int8_from_float32' } } },
    'float32',
  ],
  ['EinsumDense', einsum, 'int8'],
  ['Dense', { units: 5, use_bias: false, dtype: policy }, 'float32'],
] as const)('quantised weights are not taken for the numbers themselves: %s %j, %s', (className, config, dtype) => {
  expect(warningsOf(className, config, dtype, ['kernel']).join()).toMatch(/quantised in a way/)
  expect(warningsOf(className, { ...einsum, units: 5, use_bias: false }, 'float32', ['kernel'])).toEqual([])
})

it('what LoRA learnt is not left out', () => {
  const config = { units: 5, use_bias: false, lora_rank: 2 }
  expect(warningsOf('Dense', config, 'float32', ['kernel', 'lora_kernel_a']).join()).toMatch(/LoRA/)
  // A .keras file holds them joined.
  expect(warningsOf('Dense', config, 'float32', ['kernel'])).toEqual([])
})
