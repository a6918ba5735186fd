import type { Page, Worker as PageWorker } from '@playwright/test'

/** How a worker can die. */
export const waysToDie = ['throws', 'closes itself', 'is terminated'] as const
export type Way = (typeof waysToDie)[number] | 'hangs'

declare global {
  interface Window {
    /** Workers the page has started and not ended, the latest last. */
    startedWorkers: { readonly url: string; readonly worker: Worker }[]
  }
}

/** Keeps the workers that the page starts, so that they can be ended behind its back; to be called before it opens. */
export async function recordWorkers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.startedWorkers = []
    const Plain = Worker
    window.Worker = class extends Plain {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options)
        window.startedWorkers.push({ url: String(url), worker: this })
      }

      override terminate(): void {
        super.terminate()
        window.startedWorkers = window.startedWorkers.filter(({ worker }) => worker !== this)
      }
    }
  })
}

/**
 * Has the latest worker of that name die as soon as progress of that kind is told. Gives what awaits that it died; where
 * no progress is named, it dies then.
 */
export function killOn(page: Page, name: string, way: Way, what: string | null = null): () => Promise<void> {
  if (what === null) return () => die(page, name, way)
  const progress = page.evaluate(
    (wanted) =>
      new Promise<void>((resolve) => {
        const off = window.cutpoint.on('progress', (detail) => {
          if (!(detail as { what: string }).what.startsWith(wanted)) return
          off()
          resolve()
        })
      }),
    what,
  )
  const died = progress.then(() => die(page, name, way))
  return () => died
}

/** Has the next worker of that name die as soon as it is started; gives what awaits that. */
export function killStarted(page: Page, name: string, way: Way): () => Promise<void> {
  const died = page
    .waitForEvent('worker', (worker) => worker.url().includes(`${name}.worker`))
    .then(() => die(page, name, way))
  return () => died
}

async function die(page: Page, name: string, way: Way): Promise<void> {
  const file = `${name}.worker`
  if (way === 'is terminated') {
    return page.evaluate(
      (part) => window.startedWorkers.findLast(({ url }) => url.includes(part))?.worker.terminate(),
      file,
    )
  }
  const isMeant = (one: PageWorker): boolean => one.url().includes(file)
  // The next one may be on its way.
  const worker = page.workers().findLast(isMeant) ?? (await page.waitForEvent('worker', isMeant))
  const ends = worker.evaluate((how) => {
    if (how === 'closes itself') self.close()
    setTimeout(() => {
      if (how === 'throws') throw new Error('thrown by the test')
      for (;;);
    })
  }, way)
  await ends.catch(() => undefined)
}
