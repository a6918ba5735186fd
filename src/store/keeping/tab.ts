/** Who may write: one tab of the browser. */

import { deferred } from '../../deferred'

const name = 'cutpoint'

/** Milliseconds for a tab that was just reloaded, closed or killed to release the lock. */
const patience = 3_000

/** Milliseconds for another tab to answer, where it has to be asked. */
const answerTime = 600

/** Whether this tab is the one that writes; it stays so until it is closed. Throws where the browser refuses to tell. */
export function holdTab(): Promise<boolean> {
  // Outside a secure context there are no locks.
  return 'locks' in navigator ? holdLock() : holdByAsking()
}

async function holdLock(): Promise<boolean> {
  // Without a time limit first: on a busy machine even a free lock takes a while.
  return (await request({ ifAvailable: true })) || request({ signal: AbortSignal.timeout(patience) })
}

function request(options: LockOptions): Promise<boolean> {
  const answer = deferred<boolean>()
  const held = navigator.locks.request(name, options, (lock) => {
    answer.resolve(lock !== null)
    // A promise that never settles: the lock is held until the tab is closed.
    return lock === null ? null : new Promise<never>(() => undefined)
  })
  // The time is over, and another tab still holds the lock.
  const isLate = (error: unknown): boolean => error instanceof DOMException && error.name === 'TimeoutError'
  held.catch((error: unknown) => (isLate(error) ? answer.resolve(false) : answer.reject(error)))
  return answer.promise
}

/** Asks the other tabs whether one of them writes; one that does not answer does not. */
function holdByAsking(): Promise<boolean> {
  if (!('BroadcastChannel' in self)) return Promise.resolve(true)
  const channel = new BroadcastChannel(name)
  const answer = deferred<boolean>()
  let mine = false
  channel.onmessage = ({ data }) => {
    if (data === 'who writes?' && mine) channel.postMessage('I do')
    if (data === 'I do') answer.resolve(mine)
  }
  channel.postMessage('who writes?')
  setTimeout(() => answer.resolve(true), answerTime)
  return answer.promise.then((writes) => (mine = writes))
}
