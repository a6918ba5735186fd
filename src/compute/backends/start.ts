import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { CutpointError } from '../../errors'
import { lazyModule, unreachable } from '../../lazy-module'
import type { BackendName } from '../../types'
import { correctKernels } from '../corrections'
import { watchGpuErrors } from './gpu-errors'
import { runProbe } from './probe'

/** Milliseconds a backend may take to start before it counts as not there. */
const startLimit = 15_000

const webgpuModule = lazyModule('The WebGPU backend', () => import('@tensorflow/tfjs-backend-webgpu'))
const webglModule = lazyModule('The WebGL backend', () => import('@tensorflow/tfjs-backend-webgl'))
const wasmModules = lazyModule('The WebAssembly backend', () =>
  Promise.all([
    import('@tensorflow/tfjs-backend-wasm'),
    import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'),
    import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'),
    import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url'),
  ]),
)

const loaders: Record<BackendName, () => Promise<void>> = {
  webgpu: async () => {
    const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' })
    if (!adapter) throw new Error('no WebGPU adapter')
    await webgpuModule()
  },
  webgl: async () => {
    await webglModule()
  },
  wasm: loadWasm,
  // Always there: which ops can run at all is asked of it.
  cpu: () => Promise.resolve(),
}

let threadsWanted = true

/** Has wasm compute on one thread, if it was not started yet. */
export function withoutThreads(): void {
  threadsWanted = false
}

async function loadWasm(): Promise<void> {
  const [wasm, plain, simd, threaded] = await wasmModules()
  // The threaded build starts eight workers, and computes in half as many threads as there are processors.
  if (!threadsWanted || navigator.hardwareConcurrency < 4) tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  // The threaded build runs in workers made from text, which cannot resolve relative addresses.
  const absolute = (url: string): string => new URL(url, self.location.href).href
  const paths = {
    'tfjs-backend-wasm.wasm': absolute(plain.default),
    'tfjs-backend-wasm-simd.wasm': absolute(simd.default),
    'tfjs-backend-wasm-threaded-simd.wasm': absolute(threaded.default),
  }
  await expectThere(Object.values(paths))
  wasm.setWasmPaths(paths)
  wasm.setThreadsCount(Math.max(1, navigator.hardwareConcurrency))
}

/** Once tfjs has failed to fetch one of these, it does not start in this worker any more: so they are asked for before. */
async function expectThere(files: readonly string[]): Promise<void> {
  const isThere = async (file: string): Promise<boolean> => {
    const { ok, body } = await fetch(file)
    await body?.cancel()
    return ok
  }
  for (const file of files) {
    if (!(await isThere(file).catch(() => false))) throw unreachable('The WebAssembly backend', file)
  }
}

/**
 * Loads a backend and makes it tfjs' current one. Throws CutpointError `part-unreachable` if its files cannot be fetched,
 * or `backend-failed` if it does not start, or not within its time limit.
 */
export async function startBackend(name: BackendName): Promise<void> {
  const start = async (): Promise<boolean> => {
    await loaders[name]()
    const set = await tf.setBackend(name)
    await tf.ready()
    correctKernels()
    watchGpuErrors()
    return set
  }
  const started = await withLimit(start(), startLimit).catch((error: unknown) => {
    if (error instanceof CutpointError) throw error
    return String(error)
  })
  if (started !== true) {
    throw new CutpointError(
      'backend-failed',
      `The ${name} backend does not start in this browser.`,
      'Choose another backend, or “auto”.',
      { backend: name, reason: started, absent: !(await isOffered(name)) },
    )
  }
}

/** Whether the browser has what a backend needs at all, apart from code that may not have come. */
async function isOffered(name: BackendName): Promise<boolean> {
  if (name === 'webgpu') return 'gpu' in navigator && (await navigator.gpu.requestAdapter().catch(() => null)) !== null
  if (name === 'webgl') return new OffscreenCanvas(1, 1).getContext('webgl2') !== null
  return name === 'cpu' || typeof WebAssembly === 'object'
}

/**
 * Starts a backend and times a small network on it: milliseconds for one image after warming up.
 * To be called in a worker of its own, which the caller ends when it takes too long.
 */
export async function probeBackend(name: BackendName): Promise<{ ms: number; device: string }> {
  await startBackend(name)
  return { ms: await runProbe(), device: await deviceName(name) }
}

/** What the backend runs on, in the words the browser gives for it. */
export async function deviceName(name: BackendName): Promise<string> {
  if (name === 'webgpu') {
    const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' })
    const info = adapter?.info
    return [info?.vendor, info?.architecture, info?.description].filter(Boolean).join(' ') || 'GPU'
  }
  if (name === 'webgl') {
    const context = new OffscreenCanvas(1, 1).getContext('webgl2')
    const extension = context?.getExtension('WEBGL_debug_renderer_info')
    const renderer: unknown = extension ? context?.getParameter(extension.UNMASKED_RENDERER_WEBGL) : null
    return typeof renderer === 'string' ? renderer : 'GPU'
  }
  // As many as the backend has started, which is fewer than it was given.
  const threads = name === 'wasm' ? (await import('@tensorflow/tfjs-backend-wasm')).getThreadsCount() : 1
  return `CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'}`
}

/** Bytes of the wasm backend's memory, used or not; 0 where it was never started. */
export function wasmBytes(): number {
  const backend = tf.findBackend('wasm') as { readonly wasm?: { readonly HEAPU8: Uint8Array } } | null
  return backend?.wasm?.HEAPU8.byteLength ?? 0
}

async function withLimit<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not started after ${ms / 1000} s`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
