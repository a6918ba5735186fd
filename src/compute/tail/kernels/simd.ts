import { CutpointError } from '../../../errors'
import { descend, type DescentPlace } from '../../kernels/descend'
import type { Arena, Descent } from '../../kernels/kernel'
import { arenaOf, bytesOf, compileBinary, instanceOf, SpareMemory } from '../../kernels/wasm'
import { isTailExports, type TailExports } from './simd-exports'
import { geometryIn, simdConvolutions, simdPools } from './simd-sliding'
import { simdSpreads } from './simd-spread'
import { tailKernel } from './tail-kernel'
import type { TailKernels, Unary } from './types'

/** What the module's own constants take, and what it packs. */
const ownBytes = 1024 * 1024

let compiled: Promise<WebAssembly.Module | null> | undefined
const spare = new SpareMemory('Train a shorter tail, or fewer photos at once.')

/** The kernels in WebAssembly, and what `allocate` takes; null where the engine lacks SIMD or may not compile. */
export async function simdTailKernels<T>(
  allocate: (arena: Pick<Arena, 'float32'>) => T,
): Promise<{ kernels: TailKernels; memory: T } | null> {
  compiled ??= compileBinary(tailKernel)
  const module = await compiled
  if (!module) return null
  const memory = spare.take(bytesOf(allocate) + ownBytes)
  const exports = await instanceOf(module, memory)
  if (!isTailExports(exports)) {
    throw new CutpointError('internal', 'The training kernels are incomplete.', 'Reload the page.')
  }
  const kernels = bind(exports, memory)
  return { kernels, memory: allocate(kernels) }
}

function bind(wasm: TailExports, room: WebAssembly.Memory): TailKernels {
  const arena = arenaOf(room.buffer, wasm.heapBase())
  const edges = Array.from({ length: 4 }, (_, index) => new Float32Array(room.buffer, wasm.edge(index), 4))
  const geometry = geometryIn(arena)
  return {
    name: 'simd',
    float32: (length) => arena.float32(length),
    product({ rows, inner, columns }, a, b, target, accumulate) {
      wasm.product(
        rows,
        inner,
        columns,
        a.data.byteOffset,
        a.row * 4,
        a.column * 4,
        b.data.byteOffset,
        b.row * 4,
        b.column * 4,
        target.byteOffset,
        columns * 4,
        accumulate,
      )
    },
    ...simdConvolutions(wasm, geometry),
    ...simdPools(wasm, geometry),
    ...simdSpreads(wasm),
    unary(of, x, target) {
      wasm.unary(kinds.indexOf(of.kind), alphaOf(of), x.byteOffset, target.byteOffset, x.length)
    },
    unaryBack(of, y, dy, target, accumulate) {
      const kind = kinds.indexOf(of.kind)
      wasm.unaryBack(kind, alphaOf(of), y.byteOffset, dy.byteOffset, target.byteOffset, y.length, accumulate)
    },
    copy({ rows, columns, from, to }, source, target, accumulate) {
      wasm.copy(rows, columns * 4, source.byteOffset, from * 4, target.byteOffset, to * 4, accumulate)
    },
    squares: (values) => wasm.squares(values.byteOffset, values.length),
    descend(descent, weights, gradient, memory) {
      descendAll(wasm, edges, descent, [weights, gradient, ...memory])
    },
    close() {
      spare.keep(room)
    },
  }
}

/** In the order of `Kind` in assembly/unary.ts. */
const kinds: readonly Unary['kind'][] = [
  ...(['relu', 'relu6', 'leaky-relu', 'elu', 'selu', 'sigmoid', 'tanh'] as const),
  ...(['softplus', 'exp', 'sqrt', 'rsqrt'] as const),
]

function alphaOf(of: Unary): number {
  return of.kind === 'leaky-relu' ? of.alpha : 0
}

/** What is left over of fours is changed in a copy. */
function descendAll(
  wasm: TailExports,
  edges: readonly Float32Array[],
  descent: Descent,
  arrays: readonly Float32Array[],
): void {
  const { length } = arrays[0]
  const whole = length & ~3
  const places = (from: readonly Float32Array[], bytes: number): DescentPlace => {
    const [weights, gradient, ...memory] = from.map(({ byteOffset }) => byteOffset)
    return { weights, gradient, memory, bytes }
  }
  if (whole > 0) descend(wasm, descent, places(arrays, whole * 4))
  if (whole === length) return
  const rests = arrays.map((array) => array.subarray(whole))
  rests.forEach((rest, index) => edges[index].fill(0).set(rest))
  descend(wasm, descent, places(edges, 16))
  rests.forEach((rest, index) => rest.set(edges[index].subarray(0, rest.length)))
}
