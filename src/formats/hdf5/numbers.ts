import type { Metadata } from 'h5wasm'
import type { DType, Quantisation } from '../../graph/types'

/** How numbers of a dataset are read: as what dtype, and what they are stored as. */
export interface NumberType {
  readonly dtype: DType
  readonly stored?: Quantisation
}

/** HDF5's classes of types. https://docs.hdfgroup.org/documentation/hdf5/latest/_h5_t__u_g.html */
const integer = 0
const float = 1
const opaque = 5
const enumeration = 8

const floats: Readonly<Partial<Record<number, NumberType>>> = {
  2: { dtype: 'float32', stored: { dtype: 'float16' } },
  4: { dtype: 'float32' },
  8: { dtype: 'float32', stored: { dtype: 'float64' } },
}
const signed: Readonly<Partial<Record<number, NumberType>>> = {
  1: { dtype: 'int32', stored: { dtype: 'int8' } },
  2: { dtype: 'int32', stored: { dtype: 'int16' } },
  4: { dtype: 'int32' },
  8: { dtype: 'int32', stored: { dtype: 'int64' } },
}
const unsigned: Readonly<Partial<Record<number, NumberType>>> = {
  1: { dtype: 'uint8' },
  2: { dtype: 'int32', stored: { dtype: 'uint16' } },
  4: { dtype: 'int32', stored: { dtype: 'uint32' } },
  8: { dtype: 'int32', stored: { dtype: 'uint64' } },
}

/** What a dataset holds, if numbers that can be read; `note` is its attribute `dtype`, by which Keras marks bfloat16. */
export function numberType({ type, size, signed: isSigned }: Metadata, note: string | undefined): NumberType | null {
  if (note === 'bfloat16' && size === 2) return { dtype: 'float32', stored: { dtype: 'bfloat16' } }
  switch (type) {
    case float:
      return floats[size] ?? null
    case integer:
      return (isSigned ? signed : unsigned)[size] ?? null
    case enumeration:
      return size === 1 ? { dtype: 'bool' } : null
    case opaque:
      return size === 2 ? { dtype: 'float32', stored: { dtype: 'bfloat16' } } : null
    default:
      return null
  }
}
