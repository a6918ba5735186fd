import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker as NodeThread, type Transferable as NodeTransferable } from 'node:worker_threads'
import { build } from 'vite'
import { vi } from 'vitest'

/** What a worker finds in a browser. */
const scope = `
import { parentPort } from 'node:worker_threads'
globalThis.postMessage = (message, transfer) => parentPort.postMessage(message, transfer)
globalThis.addEventListener = (type, listener) => parentPort.on(type, (data) => listener({ data }))
await import('./worker.mjs')
`

/**
 * Gives Node what browsers call Worker: threads that run the worker at `entry`, whatever address they are made with.
 * Returns what takes it away again.
 */
export async function withWorker(entry: URL): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'cutpoint-worker-'))
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { input: fileURLToPath(entry), output: { entryFileNames: 'worker.mjs' } },
    },
    ssr: { noExternal: true },
  })
  const start = join(folder, 'start.mjs')
  await writeFile(start, scope)
  const threads = new Set<NodeThread>()

  class ThreadWorker {
    onmessage: ((event: { data: unknown }) => void) | null = null
    onerror: ((event: { message: string; preventDefault: () => void }) => void) | null = null
    readonly #thread = new NodeThread(pathToFileURL(start))

    constructor() {
      threads.add(this.#thread)
      this.#thread.unref()
      this.#thread.on('message', (data: unknown) => this.onmessage?.({ data }))
      this.#thread.on('error', ({ message }: Error) => this.onerror?.({ message, preventDefault: () => undefined }))
      this.#thread.on('exit', () => threads.delete(this.#thread))
    }

    postMessage(message: unknown, transfer: readonly NodeTransferable[]): void {
      this.#thread.postMessage(message, transfer)
    }

    terminate(): void {
      void this.#thread.terminate()
    }
  }

  vi.stubGlobal('Worker', ThreadWorker)
  return async () => {
    vi.unstubAllGlobals()
    await Promise.all([...threads].map((thread) => thread.terminate()))
    await rm(folder, { recursive: true })
  }
}
