import { CutpointError } from '../../errors'
import type { Arena } from './kernel'

const pageBytes = 65536

/** A memory of at most this many bytes is kept for the next use: touching new memory takes longer than a small fit. */
const mostSpareBytes = 64 * 1024 * 1024

/** Memory of kernels, of which one is kept when it is no longer used. */
export class SpareMemory {
  readonly #nextStep: string
  #spare: WebAssembly.Memory | undefined

  /** @param nextStep what to do where there is not enough */
  constructor(nextStep: string) {
    this.#nextStep = nextStep
  }

  /** Zeroed memory of at least `bytes` bytes: the spare one where it is large enough. Throws CutpointError `no-memory`. */
  take(bytes: number): WebAssembly.Memory {
    const kept = this.#spare
    this.#spare = undefined
    if (!kept || kept.buffer.byteLength < bytes) return this.#create(bytes)
    new Uint8Array(kept.buffer, 0, bytes).fill(0)
    return kept
  }

  keep(memory: WebAssembly.Memory): void {
    if (memory.buffer.byteLength <= mostSpareBytes) this.#spare = memory
  }

  #create(bytes: number): WebAssembly.Memory {
    try {
      return new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) })
    } catch {
      throw new CutpointError(
        'no-memory',
        `Training needs ${(bytes / 1e9).toFixed(1)} GB of memory at once, which this browser does not give.`,
        this.#nextStep,
        { bytes },
      )
    }
  }
}

/** The module of a binary in base64; null where the engine lacks SIMD or may not compile. */
export async function compileBinary(base64: string): Promise<WebAssembly.Module | null> {
  try {
    return await WebAssembly.compile(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)))
  } catch {
    return null
  }
}

/** What an instance of the module exports. */
export async function instanceOf(module: WebAssembly.Module, memory: WebAssembly.Memory): Promise<WebAssembly.Exports> {
  const abort = (): never => {
    throw new CutpointError('internal', 'The training kernel stopped.', 'Train again.')
  }
  return (await WebAssembly.instantiate(module, { env: { memory, abort } })).exports
}

/** Room for a module's own constants and for what it packs. */
export const ownBytes = pageBytes

/** Arrays one after the other, each beginning at a cache line. */
export function arenaOf(buffer: ArrayBuffer, start: number): Arena {
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

/** Bytes `allocate` takes, with what alignment to cache lines may add. */
export function bytesOf(allocate: (arena: Arena) => unknown): number {
  let bytes = 0
  const take = (length: number, size: number): void => {
    bytes += length * size + 64
  }
  allocate({
    float32: (length) => (take(length, 4), new Float32Array(0)),
    float64: (length) => (take(length, 8), new Float64Array(0)),
    int32: (length) => (take(length, 4), new Int32Array(0)),
  })
  return bytes
}
