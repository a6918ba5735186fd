import { normaliseTensor } from '../../graph/lookup/names'
import type { SignatureEntry } from '../../graph/types'
import { shapeFrom } from '../graphdef/binary/attributes'
import { badGraph } from '../graphdef/bad-graph'
import { readDtype } from '../graphdef/dtypes'
import type { TensorInfo } from '../protobuf/tensorflow_pb'

/** One side of a signature, in the order of its keys. Throws CutpointError `bad-graph` for tensors that are not dense. */
export function entriesOf(side: Readonly<Record<string, TensorInfo>>, where: string): SignatureEntry[] {
  return Object.keys(side)
    .sort()
    .map((key) => {
      const { encoding, dtype, tensorShape } = side[key]
      if (encoding.case !== 'name' || encoding.value === '') {
        throw badGraph(where, `“${key}” is made of several tensors (sparse or ragged), which Cutpoint does not run`)
      }
      return {
        key,
        tensor: normaliseTensor(encoding.value),
        dtype: readDtype(dtype),
        shape: tensorShape ? shapeFrom(tensorShape, where) : null,
      }
    })
}
