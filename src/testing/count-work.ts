import { Session, type Profiler } from 'node:inspector'

/**
 * Counts how many blocks of the project's own code calls enter: functions, branches and turns of loops, as V8 counts
 * them. The same call gives the same number on any machine, however busy, so that tests can ask how work grows.
 *
 * Only code that is imported after this is counted by its blocks. What the engine does inside its own functions
 * (`indexOf`, `sort` without a comparison) is not counted.
 */
export class WorkCounter {
  readonly #session = new Session()

  constructor() {
    this.#session.connect()
    this.#session.post('Profiler.enable')
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  }

  /** Blocks entered while `call` runs. */
  count(call: () => void): number {
    this.#taken()
    call()
    return this.#taken()
  }

  stop(): void {
    this.#session.post('Profiler.stopPreciseCoverage')
    this.#session.disconnect()
  }

  /** Blocks entered since it was last asked. */
  #taken(): number {
    let blocks = 0
    this.#session.post('Profiler.takePreciseCoverage', (error, { result }) => {
      if (error) throw error
      blocks = blocksOf(result)
    })
    return blocks
  }
}

function blocksOf(scripts: readonly Profiler.ScriptCoverage[]): number {
  return scripts
    .filter(({ url }) => url.includes('/src/') && !url.includes('/node_modules/'))
    .flatMap(({ functions }) => functions)
    .flatMap(({ ranges }) => ranges)
    .reduce((sum, { count }) => sum + count, 0)
}
