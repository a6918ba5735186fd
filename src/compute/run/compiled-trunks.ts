import { CutpointError } from '../../errors'
import { trunk } from '../../graph/lookup/trunk'
import type { Graph } from '../../graph/types'
import type { BackendName, Preprocessing } from '../../types'
import { startBackend } from '../backends/start'
import { watchGpu } from '../backends/gpu-loss'
import type { AnalysedModel } from '../model/types'
import { firstUnsupported } from '../backends/supported'
import { TrunkRunner, type PooledCut } from './trunk-runner'

/** A compiled trunk and the backend it is compiled for. */
export interface Runner {
  readonly runner: TrunkRunner
  readonly backend: BackendName
}

/** A model under the number the page gave it. */
export interface NumberedModel {
  readonly analysed: AnalysedModel
  readonly id: number
  /** Which training its last layers are of; none for the file's own. */
  readonly tuning?: number
}

/** What runs, and on which backend: at most one compiled trunk at a time. */
export class Runners {
  readonly #onGpuLost: (error: CutpointError) => void
  #order: readonly BackendName[] = ['cpu']
  #active: BackendName | null = null
  #compiled: (Runner & { readonly key: string }) | null = null

  /** `onGpuLost` hears if the graphics processor of a backend is lost: the session is of no use any more then. */
  constructor(onGpuLost: (error: CutpointError) => void) {
    this.#onGpuLost = onGpuLost
  }

  /** Backends in order of preference. */
  setOrder(order: readonly BackendName[]): void {
    this.#order = order
    this.drop()
  }

  /** Disposes of what is compiled. */
  drop(): void {
    this.#compiled?.runner.dispose()
    this.#compiled = null
  }

  /**
   * The trunk up to `cut`, compiled if it is not. Throws CutpointError `no-cut`, what keeps it from running, or what
   * `checkCancelled` throws.
   */
  async require(
    { analysed, id, tuning }: NumberedModel,
    { input }: Preprocessing,
    { cut, pool }: PooledCut,
    checkCancelled?: () => void,
  ): Promise<Runner> {
    if (cut.length === 0) {
      throw new CutpointError(
        'no-cut',
        'No tensor is cut yet.',
        'Click a tensor in the graph, or take the suggested cut.',
      )
    }
    const key = `${id}|${tuning ?? 'as it is'}|${cut.join()}|${input}|${pool}`
    if (this.#compiled?.key === key) {
      await this.switchTo(this.#compiled.backend)
      return this.#compiled
    }
    this.drop()
    const backend = await this.chooseBackend(trunk(analysed.graph, cut))
    await this.switchTo(backend)
    this.#compiled = { runner: await TrunkRunner.create(analysed, input, { cut, pool }, checkCancelled), backend, key }
    return this.#compiled
  }

  /** The first backend in order of preference that starts and has all kernels of `graph`; it is then the current one. */
  async chooseBackend(graph: Graph): Promise<BackendName> {
    let problem: unknown
    for (const backend of this.#order) {
      try {
        await this.switchTo(backend)
      } catch (error) {
        problem = error
        continue
      }
      const blocked = firstUnsupported(graph, backend)
      if (!blocked) return backend
      problem = new CutpointError(
        'unsupported-op',
        `“${blocked.node.name}” cannot be run here: ${blocked.reason}.`,
        blocked.elsewhere
          ? 'Choose another backend, or cut before it.'
          : 'Choose a tensor that does not depend on it; no backend has it.',
        { node: blocked.node.name, op: blocked.node.op, backend },
      )
    }
    throw problem
  }

  /** No tensor outlives a change of backend: what was compiled for another one goes first. Throws `backend-failed`. */
  async switchTo(backend: BackendName): Promise<void> {
    if (this.#active === backend) return
    if (this.#compiled && this.#compiled.backend !== backend) this.drop()
    // tfjs takes a backend for the current one even if it then fails to start.
    this.#active = null
    await startBackend(backend)
    watchGpu(this.#onGpuLost)
    this.#active = backend
  }
}
