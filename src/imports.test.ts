import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { StateCreator } from 'zustand'

/** What begins to act, by name, with the place of ours that had it do so. */
const acts: string[] = []

/** The first place of ours on the stack; undefined where the call comes from a package. */
function placeOfOurs(): string | undefined {
  const frames = (new Error().stack ?? '').split('\n').slice(3)
  const [caller = ''] = frames
  return /\/src\/(?!imports\.test)([^?:)]+)/.exec(caller)?.[1]
}

/** The same function, every call of which by a module of ours is noted. */
const noted =
  <Args extends unknown[], Result>(name: string, call: (...args: Args) => Result) =>
  (...args: Args): Result => {
    const place = placeOfOurs()
    if (place !== undefined) acts.push(`${place}: ${name}`)
    return call(...args)
  }

// Whoever follows a store acts from then on.
vi.mock('zustand', async (original) => {
  const zustand = await original<typeof import('zustand')>()
  return {
    ...zustand,
    create: <T>(begin: StateCreator<T>) => {
      const store = zustand.create(begin)
      return Object.assign(store, { subscribe: noted('subscribe', store.subscribe) })
    },
  }
})

/** A page of which nothing but reading is expected. */
function stubPage(): void {
  const listen = noted('addEventListener', () => undefined)
  const documentElement = { dataset: Object.freeze({}), toggleAttribute: noted('toggleAttribute', () => false) }
  vi.stubGlobal('window', globalThis)
  vi.stubGlobal('addEventListener', listen)
  vi.stubGlobal('dispatchEvent', () => true)
  vi.stubGlobal('document', { addEventListener: listen, documentElement, baseURI: 'http://localhost/' })
  vi.stubGlobal('navigator', { userAgent: '', platform: '', onLine: true })
  vi.stubGlobal('devicePixelRatio', 1)
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: listen }))
  for (const name of ['setTimeout', 'setInterval', 'queueMicrotask', 'fetch'] as const) {
    vi.stubGlobal(name, noted(name, globalThis[name] as (...args: unknown[]) => unknown))
  }
  for (const name of ['Worker', 'BroadcastChannel', 'MessageChannel', 'MutationObserver', 'ResizeObserver']) {
    vi.stubGlobal(
      name,
      noted(`new ${name}`, () => undefined),
    )
  }
}

/** All modules but those that begin something: the page's and the workers' entries, and what is no part of either. */
const modules = import.meta.glob([
  './**/*.{ts,tsx}',
  '!./**/*.test.ts',
  '!./**/testing/**',
  '!./**/*.d.ts',
  '!./main.tsx',
  '!./**/*.worker.ts',
  '!./compute/**/assembly/**',
])

beforeAll(stubPage)
afterAll(() => vi.unstubAllGlobals())

it('no module acts because it is imported: it follows no state, hears of no event, and starts no timer or worker', async () => {
  expect(Object.keys(modules).length).toBeGreaterThan(500)
  for (const [path, load] of Object.entries(modules))
    await load().catch((error: unknown) => acts.push(`${path}: ${String(error)}`))
  expect(acts).toEqual([])
})
