import type { DType, Shape } from '../../graph/types'
import { isArray, own } from '../json'
import { badConfig } from './config/bad-config'
import type { LayerConfig } from './config/model'

const dtypes = new Map<unknown, DType>(
  (['float32', 'float16', 'float64', 'int32', 'int64', 'uint8', 'bool', 'string'] as const).map((name) => [name, name]),
)

/** What an input takes; a policy such as mixed_float16 computes in float32 here. */
export function inputDtype({ config }: LayerConfig): DType {
  const dtype = dtypes.get(own(config, 'dtype')) ?? 'float32'
  return dtype === 'float16' || dtype === 'float64' ? 'float32' : dtype
}

/**
 * The shape an input layer states, batch first; null where the file states none. Throws CutpointError `bad-graph`.
 */
export function inputShape({ name, config }: LayerConfig, file: string): Shape | null {
  const stated = own(config, 'batch_shape') ?? own(config, 'batch_input_shape')
  const inner = own(config, 'input_shape') ?? own(config, 'shape')
  const shape = stated ?? (isArray(inner) ? [null, ...inner] : undefined)
  if (shape === undefined) return null
  if (!isArray(shape) || !shape.every(isSize)) {
    throw badConfig(file, `the shape of its input “${name}” is not a list of sizes`, { shape })
  }
  return shape
}

function isSize(size: unknown): size is number | null {
  return size === null || (typeof size === 'number' && Number.isInteger(size) && size >= 0)
}
