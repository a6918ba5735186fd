import type { Symbolic, Builder } from '../types'
import { shapeOf } from './read'
import { slice } from './slice'
import { stack, int32 } from './ops'

/** A size: known, or that of an axis of a tensor, found when it runs. */
export type SizeOrAxis = number | { readonly of: Symbolic; readonly axis: number }

/** The size of an axis, as a number where it is known. */
export function sizeAt(x: Symbolic, axis: number): SizeOrAxis {
  return shapeOf(x)[axis] ?? { of: x, axis }
}

/** A vector of sizes, computed from the shapes of tensors where they are not known. */
export function sizes(build: Builder, entries: readonly SizeOrAxis[], name: string): Symbolic {
  const known = entries.filter((entry) => typeof entry === 'number')
  if (known.length === entries.length) return build.numbers(name, known, 'int32')
  const parts = entries.map((entry, place) =>
    typeof entry === 'number'
      ? build.numbers(`${name}/${place}`, entry, 'int32')
      : slice(build, shapeTensor(build, entry.of), [{ index: entry.axis }]),
  )
  return stack(build, parts, 0, name)
}

/** The shape of a tensor as a tensor. */
function shapeTensor(build: Builder, x: Symbolic): Symbolic {
  return build.op('Shape', 'Shape', [x], { out_type: int32 })
}

/** Reshape to sizes of which at most one is free (−1); one that is not known becomes the free one where it can. */
export function reshape(build: Builder, x: Symbolic, entries: readonly SizeOrAxis[], name = 'Reshape'): Symbolic {
  const open = entries.filter((entry) => typeof entry !== 'number' || entry === -1)
  const target = open.length === 1 ? entries.map((entry) => (typeof entry === 'number' ? entry : -1)) : entries
  return build.op(name, 'Reshape', [x, sizes(build, target, `${name}/shape`)], { Tshape: int32 })
}
