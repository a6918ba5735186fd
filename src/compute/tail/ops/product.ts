import { boolAttribute } from '../../../graph/lookup/attributes'
import type { Factor, ProductSizes } from '../kernels/types'
import { broadcastPlaces, type Places } from './places'
import { sizeOf, type Backward, type NodeFacts, type Sizes, type TailOp } from './types'

/** Many matrices of one size, as they lie in memory. */
interface Matrices {
  readonly sizes: Sizes
  /** Whether they stand the other way round than the product takes them. */
  readonly turned: boolean
  /** Which of them belongs to each of the results. */
  readonly places: Places
}

/** A product of matrices, or of many of them whose leading dimensions are repeated where they are one. */
export const product =
  (turnedA: string, turnedB: string): TailOp =>
  ({ node, inputs: [sizesA, sizesB], shape }: NodeFacts) => {
    const matrices = (sizes: Sizes, turned: boolean): Matrices => ({
      sizes,
      turned,
      places: broadcastPlaces(sizes.slice(0, -2), shape.slice(0, -2)),
    })
    const a = matrices(sizesA, boolAttribute(node, turnedA, false))
    const b = matrices(sizesB, boolAttribute(node, turnedB, false))
    const c = matrices(shape, false)
    const [rows, columns] = shape.slice(-2)
    const inner = sizesA[sizesA.length - (a.turned ? 2 : 1)]
    return {
      forward: (kernels, { inputs, output }) => {
        for (const at of c.places.keys()) {
          const [left, right] = [factor(inputs[0], a, at), factor(inputs[1], b, at)]
          kernels.product({ rows, inner, columns }, left, right, part(output, c, at), false)
        }
      },
      // dA = dC · Bᵀ and dB = Aᵀ · dC
      back: [
        slopesOf(a, 1, { rows, inner: columns, columns: inner }, (dy, values, at) => [
          factor(dy, c, at),
          turned(factor(values, b, at)),
        ]),
        slopesOf(b, 0, { rows: inner, inner: rows, columns }, (dy, values, at) => [
          turned(factor(values, a, at)),
          factor(dy, c, at),
        ]),
      ],
    }
  }

/** Slopes of matrices: products of those of the results with the other input's values. */
function slopesOf(
  own: Matrices,
  other: number,
  sizes: ProductSizes,
  factors: (dy: Float32Array, values: Float32Array, at: number) => readonly [Factor, Factor],
): Backward {
  return {
    inputs: [other],
    run: (kernels, { inputs }, { dy, target, accumulate }) => {
      if (!accumulate) target.fill(0)
      for (const at of own.places.keys()) {
        const [left, right] = factors(dy, inputs[other], at)
        const slopes = part(target, own, at)
        if (!own.turned) kernels.product(sizes, left, right, slopes, true)
        else {
          const across = { rows: sizes.columns, inner: sizes.inner, columns: sizes.rows }
          kernels.product(across, turned(right), turned(left), slopes, true)
        }
      }
    },
  }
}

const turned = ({ data, row, column }: Factor): Factor => ({ data, row: column, column: row })

function factor(data: Float32Array, matrices: Matrices, at: number): Factor {
  const plain = { data: part(data, matrices, at), row: matrices.sizes[matrices.sizes.length - 1], column: 1 }
  return matrices.turned ? turned(plain) : plain
}

function part(data: Float32Array, { sizes, places }: Matrices, at: number): Float32Array {
  const length = sizeOf(sizes.slice(-2))
  return data.subarray(places[at] * length, (places[at] + 1) * length)
}
