import { CutpointError, fromErrorRecord } from '../../../errors'
import { deferred, type Deferred } from '../../../deferred'
import type { Tail } from '../../../graph/tail/types'
import type { WeightValues } from '../../../graph/types'
import type { HelperPort, HelperReply, HelperRequest, HelperShare } from './protocol'

/** What a helper found. */
export type Learned = Extract<HelperReply, { kind: 'learned' }>

/** A thread that has not started by then is done without: most take less than a second. */
const mostStartMs = 15_000

/** A thread with the same tail, which works out the slopes of some of a step's photos. One thing is asked of it at a time. */
export class Helper {
  readonly #port: HelperPort
  #asked: Deferred<HelperReply> | null = null
  #isEnded = false

  private constructor(port: HelperPort) {
    this.#port = port
    port.onmessage = ({ data }) => {
      const asked = this.#asked
      this.#asked = null
      if (data.kind === 'error') asked?.reject(fromErrorRecord(data.error))
      else asked?.resolve(data)
    }
    port.onerror = ({ message }) => this.#asked?.reject(stopped(message))
  }

  /** Rejects where the thread does not start in time, or has no memory. */
  static async open(port: HelperPort, { weights, ...tail }: Tail, batch: number): Promise<Helper> {
    const helper = new Helper(port)
    const timer = setTimeout(() => helper.end(), mostStartMs)
    try {
      const ids = [...tail.graph.weights.keys()]
      const values = await Promise.all(
        ids.map(async (id): Promise<[string, WeightValues]> => [id, await weights.values(id)]),
      )
      await helper.#ask({ kind: 'open', tail, weights: new Map(values), batch }, [])
      return helper
    } catch (error) {
      helper.end()
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  /** What the photos cost, and the gradients, in the array of the values. */
  async learn(share: HelperShare): Promise<Learned> {
    const mixed = share.mixed ? [share.mixed.others, share.mixed.shares] : []
    const arrays = [share.values, share.maps, share.labels, share.weights, ...mixed]
    const reply = await this.#ask(
      { kind: 'learn', ...share },
      arrays.map(({ buffer }) => buffer),
    )
    if (reply.kind !== 'learned') throw stopped('it said something else')
    return reply
  }

  /** Ends the thread; what it was asked is not answered any more. */
  end(): void {
    this.#isEnded = true
    this.#port.terminate()
    this.#asked?.reject(stopped('it was ended'))
  }

  async #ask(request: HelperRequest, transfer: Transferable[]): Promise<HelperReply> {
    // What was asked in a step that was broken off is answered first.
    while (this.#asked) await this.#asked.promise.catch(() => undefined)
    // Nobody is there to answer any more, as where weights took longer to read than it has to start.
    if (this.#isEnded) throw stopped('it was ended')
    const asked = deferred<HelperReply>()
    // Whoever asked may have gone, as when it is ended.
    asked.promise.catch(() => undefined)
    this.#asked = asked
    this.#port.postMessage(request, transfer)
    return asked.promise
  }
}

function stopped(reason: string): CutpointError {
  return new CutpointError('internal', 'A thread that helps with training stopped.', 'Train again.', { reason })
}
