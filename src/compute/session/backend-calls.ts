import * as tf from '@tensorflow/tfjs-core'
import type { BackendName } from '../../types'
import { probeBackend, wasmBytes, withoutThreads } from '../backends/start'
import type { SessionParts } from './parts'

/** What can be asked of backends, and of the memory they take. */
export function backendCalls({ turns, runners, cache }: Pick<SessionParts, 'turns' | 'runners' | 'cache'>) {
  return {
    /** Has wasm compute on one thread, if it was not started yet. */
    withoutThreads: (): void => withoutThreads(),

    /** Starts a backend and times it; to be called in a worker that does nothing else. */
    probe: (name: BackendName): Promise<{ ms: number; device: string }> => probeBackend(name),

    /** Starts a backend, to know that it can be used. Throws `backend-failed`. */
    tryBackend: (name: BackendName): Promise<void> => turns.inTurn(() => runners.switchTo(name)),

    /** Backends in order of preference; a trunk runs on the first that has all its kernels. */
    setBackends: (order: readonly BackendName[]): Promise<void> => turns.inTurn(() => runners.setOrder(order)),

    /** Tensors alive on the backend, bytes of cached features, and of WebAssembly's memory, which never shrinks. */
    memory: (): { tensors: number; featureBytes: number; wasmBytes: number } => ({
      tensors: tf.memory().numTensors,
      featureBytes: cache.bytes,
      wasmBytes: wasmBytes(),
    }),
  }
}
