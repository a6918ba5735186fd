import { CutpointError } from '../../errors'
import type { Arena, HeadKernel } from './kernel'
import { softmaxKernel } from './softmax-kernel'

/** What assembly/index.ts exports; pointers and counts are numbers. */
interface Exports {
  heapBase(): number
  moments(raw: number, rows: number, length: number, shift: number, sums: number, squares: number): void
  standardise(
    raw: number,
    rows: number,
    length: number,
    mean: number,
    scale: number,
    target: number,
    stride: number,
  ): void
  times(
    left: number,
    leftStride: number,
    inner: number,
    right: number,
    rightStride: number,
    columns: number,
    target: number,
    targetStride: number,
    panels: number,
    accumulate: boolean,
  ): void
  transposedTimes(
    left: number,
    leftStride: number,
    inner: number,
    right: number,
    rightStride: number,
    columns: number,
    target: number,
    targetStride: number,
    panels: number,
  ): void
  scaleRows(
    source: number,
    sourceStride: number,
    columns: number,
    factors: number,
    target: number,
    targetStride: number,
    panels: number,
  ): void
  softmax(
    logits: number,
    stride: number,
    columns: number,
    labels: number,
    weights: number,
    curvature: number,
    correct: number,
    panels: number,
  ): number
  sgd(weights: number, gradient: number, bytes: number, rate: number): void
  momentum(weights: number, gradient: number, a: number, bytes: number, rate: number, decay: number): void
  rmsprop(
    weights: number,
    gradient: number,
    a: number,
    bytes: number,
    rate: number,
    decay: number,
    epsilon: number,
  ): void
  adam(
    weights: number,
    gradient: number,
    a: number,
    b: number,
    bytes: number,
    rate: number,
    first: number,
    second: number,
    epsilon: number,
  ): void
}

const pageBytes = 65536
/** Bytes of one panel's column: four float32. */
const panelBytes = 16

/** A memory of at most this many bytes is kept for the next fit: touching new memory takes longer than a small fit. */
const mostSpareBytes = 64 * 1024 * 1024

let compiled: Promise<WebAssembly.Module | null> | undefined
let spare: WebAssembly.Memory | undefined

/** The kernel in WebAssembly with an arena of `bytes` bytes; null where the engine lacks SIMD or may not compile. */
export async function simdKernel(bytes: number): Promise<HeadKernel | null> {
  compiled ??= compile()
  const module = await compiled
  if (!module) return null
  // Room for the module's own constants and for aligning each array.
  const memory = takeMemory(bytes + pageBytes)
  const { exports } = await WebAssembly.instantiate(module, {
    env: {
      memory,
      abort: () => {
        throw new CutpointError('internal', 'The training kernel stopped.', 'Train again.')
      },
    },
  })
  if (!isExports(exports)) throw new CutpointError('internal', 'The training kernel is incomplete.', 'Reload the page.')
  return bind(exports, memory)
}

/** Zeroed memory of at least `bytes` bytes: the spare one where it is large enough. Throws CutpointError `no-memory`. */
function takeMemory(bytes: number): WebAssembly.Memory {
  const kept = spare
  spare = undefined
  if (!kept || kept.buffer.byteLength < bytes) {
    return newMemory(bytes)
  }
  new Uint8Array(kept.buffer, 0, bytes).fill(0)
  return kept
}

/** Throws CutpointError `no-memory` where there is no such memory. */
function newMemory(bytes: number): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) })
  } catch {
    throw new CutpointError(
      'no-memory',
      `Training needs ${(bytes / 1e9).toFixed(1)} GB of memory at once, which this browser does not give.`,
      'Train with fewer labels or fewer photos.',
      { bytes },
    )
  }
}

function bind(wasm: Exports, memory: WebAssembly.Memory): HeadKernel {
  const arena = arenaOf(memory.buffer, wasm.heapBase())
  const counter = arena.int32(1)
  return {
    name: 'simd',
    ...arena,
    moments(raw, rows, shift, sums, squares) {
      wasm.moments(raw.byteOffset, rows, shift.length, shift.byteOffset, sums.byteOffset, squares.byteOffset)
    },
    standardise(raw, rows, mean, scale, target, first) {
      wasm.standardise(
        raw.byteOffset,
        rows,
        mean.length,
        mean.byteOffset,
        scale.byteOffset,
        target.data.byteOffset + (first / 4) * target.stride * panelBytes,
        target.stride,
      )
    },
    times(left, right, target, from, to, accumulate) {
      wasm.times(
        left.data.byteOffset + from * left.stride * panelBytes,
        left.stride,
        left.columns,
        right.data.byteOffset,
        right.stride,
        right.columns,
        target.data.byteOffset + from * target.stride * panelBytes,
        target.stride,
        to - from,
        accumulate,
      )
    },
    transposedTimes(left, right, target, from, to) {
      wasm.transposedTimes(
        left.data.byteOffset + from * left.stride * panelBytes,
        left.stride,
        left.columns,
        right.data.byteOffset + from * right.stride * panelBytes,
        right.stride,
        right.columns,
        target.data.byteOffset,
        target.stride,
        to - from,
      )
    },
    scaleRows(source, factors, target, from, to) {
      wasm.scaleRows(
        source.data.byteOffset + from * source.stride * panelBytes,
        source.stride,
        source.columns,
        factors.byteOffset + from * panelBytes,
        target.data.byteOffset + from * target.stride * panelBytes,
        target.stride,
        to - from,
      )
    },
    softmax(logits, labels, weights, curvature, from, to) {
      counter[0] = 0
      const loss = wasm.softmax(
        logits.data.byteOffset + from * logits.stride * panelBytes,
        logits.stride,
        logits.columns,
        labels.byteOffset + from * panelBytes,
        weights.byteOffset + from * panelBytes,
        curvature.byteOffset + from * panelBytes,
        counter.byteOffset,
        to - from,
      )
      return { loss, correct: counter[0] }
    },
    descend(descent, weights, gradient, memory) {
      const [w, g, bytes] = [weights.byteOffset, gradient.byteOffset, weights.byteLength]
      const [a, b] = memory.map(({ byteOffset }) => byteOffset)
      switch (descent.rule) {
        case 'sgd':
          return wasm.sgd(w, g, bytes, descent.rate)
        case 'momentum':
          return wasm.momentum(w, g, a, bytes, descent.rate, descent.decay)
        case 'rmsprop':
          return wasm.rmsprop(w, g, a, bytes, descent.rate, descent.decay, descent.epsilon)
        case 'adam':
          return wasm.adam(w, g, a, b, bytes, descent.rate, descent.first, descent.second, descent.epsilon)
      }
    },
    close() {
      if (memory.buffer.byteLength <= mostSpareBytes) spare = memory
    },
  }
}

/** Arrays one after the other, each beginning at a cache line. */
function arenaOf(buffer: ArrayBuffer, start: number): Arena {
  let next = start
  const take = (bytes: number): number => {
    const offset = Math.ceil(next / 64) * 64
    next = offset + bytes
    return offset
  }
  return {
    float32: (length) => new Float32Array(buffer, take(length * 4), length),
    float64: (length) => new Float64Array(buffer, take(length * 8), length),
    int32: (length) => new Int32Array(buffer, take(length * 4), length),
  }
}

function isExports(exports: object): exports is Exports {
  const names = ['heapBase', 'moments', 'standardise', 'times', 'transposedTimes', 'scaleRows', 'softmax']
  const rules = ['sgd', 'momentum', 'rmsprop', 'adam']
  return [...names, ...rules].every((name) => name in exports)
}

async function compile(): Promise<WebAssembly.Module | null> {
  try {
    return await WebAssembly.compile(Uint8Array.from(atob(softmaxKernel), (letter) => letter.charCodeAt(0)))
  } catch {
    return null
  }
}
