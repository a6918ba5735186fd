import * as tf from '@tensorflow/tfjs-core'
import { readValues } from '../backends/gpu-loss'
import { CutpointError } from '../../errors'
import type { TensorValue } from '../../types'

const tfjsDtypes = new Set(['float32', 'int32', 'bool', 'string'])

function isTfjsDtype(dtype: string): dtype is 'float32' | 'int32' | 'bool' | 'string' {
  return tfjsDtypes.has(dtype)
}

/** The dtype tfjs holds a TensorFlow dtype in. */
function tfjsDtype(dtype: string): 'float32' | 'int32' | 'bool' | 'string' {
  if (isTfjsDtype(dtype)) return dtype
  return dtype.startsWith('int') || dtype.startsWith('uint') ? 'int32' : 'float32'
}

/** A value from outside as a tensor on the current backend. Throws CutpointError `bad-feed` if it does not add up. */
export function toTensor(name: string, value: TensorValue): tf.Tensor {
  const size = value.shape.reduce((product, dimension) => product * dimension, 1)
  if (size !== value.data.length) {
    throw new CutpointError(
      'bad-feed',
      `“${name}” has ${value.data.length} values, but its shape [${value.shape.join(', ')}] holds ${size}.`,
      'Give as many values as the shape holds.',
    )
  }
  const dtype = tfjsDtype(value.dtype)
  if ((dtype === 'string') !== Array.isArray(value.data)) {
    throw new CutpointError(
      'bad-feed',
      `The values of “${name}” are not of its dtype ${value.dtype}.`,
      'Give strings for a string tensor and numbers for all others.',
    )
  }
  return tf.tensor(value.data, value.shape, dtype)
}

/** A tensor's value, read back from the backend; the tensor stays alive. Throws CutpointError `run-failed`. */
export async function toValue(tensor: tf.Tensor): Promise<TensorValue> {
  const data = tensor.dtype === 'string' ? await readTexts(tensor) : await readValues(tensor)
  return { shape: [...tensor.shape], dtype: tensor.dtype, data }
}

async function readTexts(tensor: tf.Tensor): Promise<string[]> {
  try {
    return await tensor.data<'string'>()
  } catch {
    // As where a file says of numbers that they are text.
    throw new CutpointError(
      'run-failed',
      'What was computed is said to be text, and is none.',
      'Ask for a tensor of numbers, or for one before it.',
    )
  }
}
