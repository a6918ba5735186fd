import { create } from 'zustand'
import { pageTexts } from '../../texts/page/page'
import { tell } from './notices'
import { getState, useStore } from '../state/state'

const texts = pageTexts.offline

/** Milliseconds without a job after which the network and the processor are taken to be free. */
const quietTime = 2_000

/** Whether the page would open without a network: `no` where the browser cannot, or has not the room. */
export const useOffline = create<{ readonly state: 'no' | 'preparing' | 'ready' }>(() => ({ state: 'no' }))

/** Keeps the files of the site in this browser, and tells when newer ones are there; they are used after a reload only. */
export async function keepOffline(): Promise<void> {
  // Not there outside secure contexts.
  if (!('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  const again = serviceWorker.controller !== null
  let [controlled, asked] = [again, false]
  serviceWorker.addEventListener('controllerchange', () => {
    if (asked) location.reload()
    else if (controlled) tellOfVersion(texts.takenElsewhere, texts.takenElsewhereText, () => location.reload())
    controlled = true
  })
  const offer = (worker: ServiceWorker): void =>
    tellOfVersion(texts.newVersion, texts.newVersionText, () => {
      asked = true
      worker.postMessage('take-over')
    })
  try {
    useOffline.setState({ state: again ? 'ready' : 'preparing' })
    if (!again) await quiet()
    const registration = await serviceWorker.register(new URL('offline.js', document.baseURI))
    if (registration.waiting) offer(registration.waiting)
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing
      if (worker && registration.active) void installed(worker).then((whole) => whole && offer(worker))
    })
    const first = registration.installing
    if (!registration.active && first && !(await installed(first))) throw new Error('not all files could be kept')
    await serviceWorker.ready
    useOffline.setState({ state: 'ready' })
  } catch {
    useOffline.setState({ state: again ? 'ready' : 'no' })
  }
}

/** Resolves once no job has run for a while: what the user waits for comes first. */
function quiet(): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      unsubscribe()
      resolve()
    }
    const wait = (jobs: number): ReturnType<typeof setTimeout> | undefined =>
      jobs === 0 ? setTimeout(end, quietTime) : undefined
    let timer = wait(getState().jobs.length)
    const unsubscribe = useStore.subscribe(({ jobs }, before) => {
      if (jobs === before.jobs) return
      clearTimeout(timer)
      timer = wait(jobs.length)
    })
  })
}

/** Whether a worker has got all its files, once that is known. */
function installed(worker: ServiceWorker): Promise<boolean> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (worker.state === 'redundant') resolve(false)
      else if (worker.state !== 'parsed' && worker.state !== 'installing') resolve(true)
    }
    worker.addEventListener('statechange', look)
    look()
  })
}

function tellOfVersion(title: string, text: string, run: () => void): void {
  tell({ kind: 'remark', title, text, action: { label: texts.reload, run } })
}
