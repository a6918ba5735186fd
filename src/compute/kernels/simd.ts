import { CutpointError } from '../../errors'
import { descend, descentNames, type DescentExports } from './descend'
import type { HeadKernel } from './kernel'
import { softmaxKernel } from './softmax-kernel'
import { arenaOf, compileBinary, instanceOf, ownBytes, SpareMemory } from './wasm'

/** What assembly/index.ts exports; pointers and counts are numbers. */
interface Exports extends DescentExports {
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
}

/** Bytes of one panel's column: four float32. */
const panelBytes = 16

let compiled: Promise<WebAssembly.Module | null> | undefined
const spare = new SpareMemory('Train with fewer labels or fewer photos.')

/** The kernel in WebAssembly with an arena of `bytes` bytes; null where the engine lacks SIMD or may not compile. */
export async function simdKernel(bytes: number): Promise<HeadKernel | null> {
  compiled ??= compileBinary(softmaxKernel)
  const module = await compiled
  if (!module) return null
  const memory = spare.take(bytes + ownBytes)
  const exports = await instanceOf(module, memory)
  if (!isExports(exports)) throw new CutpointError('internal', 'The training kernel is incomplete.', 'Reload the page.')
  return bind(exports, memory)
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
      descend(wasm, descent, {
        weights: weights.byteOffset,
        gradient: gradient.byteOffset,
        memory: memory.map(({ byteOffset }) => byteOffset),
        bytes: weights.byteLength,
      })
    },
    close() {
      spare.keep(memory)
    },
  }
}

function isExports(exports: object): exports is Exports {
  const names = ['heapBase', 'moments', 'standardise', 'times', 'transposedTimes', 'scaleRows', 'softmax']
  return [...names, ...descentNames].every((name) => name in exports)
}
