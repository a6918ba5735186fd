import { deferred } from '../../deferred'
import type { Decode } from '../../compute/features/features'
import { Alone } from './alone'
import { workerDied } from './lifeline'

/** Decodes in an image worker; `end` has all that waits for it reject. */
interface Connection {
  readonly decode: Decode
  readonly end: (why: Error) => void
}

/** How often a picture may be decoded in a worker that dies: what kills two would kill a third. */
const mostTries = 2

/**
 * Decodes in whichever image worker is connected. What waits for one whose place another takes is asked of that one, a
 * picture at a time, so that none fails for the fault of its neighbour. A frame is handed over, and so not asked again.
 */
export function lastingDecoder(): { readonly decode: Decode; readonly connect: (to: Connection) => void } {
  const alone = new Alone()
  const first = deferred<Connection>()
  let connected: Connection | null = null
  const decode: Decode = async (picture, target, change) => {
    for (let tries = 1; ; tries++) {
      const turn = alone.turn(tries > 1)
      await turn.come
      const used = connected ?? (await first.promise)
      try {
        return await used.decode(picture, target, change)
      } catch (error) {
        const isFrame = typeof picture !== 'string' && !(picture instanceof Blob)
        if (used === connected || isFrame || tries === mostTries) throw error
      } finally {
        turn.done()
      }
    }
  }
  return {
    decode,
    connect(to) {
      const before = connected
      connected = to
      first.resolve(to)
      before?.end(workerDied())
    },
  }
}
