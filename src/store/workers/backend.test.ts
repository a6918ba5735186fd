import { beforeEach, describe, expect, it, vi } from 'vitest'
import { CutpointError } from '../../errors'
import type { BackendName } from '../../types'
import { beginStore } from '../testing/begin'

/** Milliseconds a backend has to start and run the probe. */
const probeLimit = 12_000

const failed = new CutpointError('backend-failed', 'It does not start.', '')
const absent = new CutpointError('backend-failed', 'There is none.', '', { absent: true })

type Speeds = Readonly<Record<BackendName, number | CutpointError | 'hangs'>>

/** The store before a backend was chosen, on a machine where they are as fast as that, with what is kept of them. */
async function begun(speeds: Speeds, kept = new Map<string, string>()) {
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  })
  const store = await beginStore()
  const { fakes, setState } = store
  const { ensureBackend, setBackend } = await import('./backend')
  const { rebuildCompute } = await import('./workers')
  const probed: BackendName[] = []
  fakes.probe = (name) => {
    probed.push(name)
    const speed = speeds[name]
    if (speed === 'hangs') return new Promise(() => undefined)
    return typeof speed === 'number' ? Promise.resolve({ ms: speed, device: `a ${name}` }) : Promise.reject(speed)
  }
  const asked: unknown[][] = []
  fakes.fate = (_, __, name, args) => {
    asked.push([name, ...args])
    return 'answers'
  }
  setState(({ backend }) => ({ backend: { ...backend, name: null, probeMs: {} }, notices: [] }))
  return { ...store, ensureBackend, setBackend, rebuildCompute, probed, asked, kept }
}

const all: Speeds = { webgpu: 4, webgl: 2, wasm: 3, cpu: 9 }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  return () => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  }
})

describe('the backend', () => {
  it('is the fastest of those that are measured, each in a worker of its own, which is ended', async () => {
    const { ensureBackend, probed, asked, fakes, getState } = await begun(all)
    const lives = fakes.lives.length
    const [one, two] = await Promise.all([ensureBackend(), ensureBackend()])
    expect(one).toEqual({ name: 'webgl', device: 'a webgl', probeMs: all })
    expect(two).toEqual(one)
    expect(probed).toEqual(['webgpu', 'webgl', 'wasm', 'cpu'])
    expect(fakes.lives.slice(lives).map(({ terminated }) => terminated)).toEqual([true, true, true, true])
    expect(asked).toContainEqual(['setBackends', ['webgl', 'wasm', 'webgpu', 'cpu']])
    expect(getState().backend).toMatchObject({ choice: 'auto', name: 'webgl', device: 'a webgl' })
  })

  it('is measured once on a machine: what the browser lacks is not asked for again, what failed or hung is', async () => {
    const speeds = { webgpu: absent, webgl: failed, wasm: 'hangs', cpu: 9 } as const
    const first = await begun(speeds)
    const report = first.ensureBackend()
    await vi.advanceTimersByTimeAsync(probeLimit)
    expect((await report).name).toBe('cpu')
    expect(first.probed).toEqual(['webgpu', 'webgl', 'wasm', 'cpu'])
    expect(first.fakes.lives.filter(({ terminated }) => !terminated)).toHaveLength(1)
    const later = await begun(all, first.kept)
    expect((await later.ensureBackend()).name).toBe('webgl')
    expect(later.probed).toEqual(['webgl', 'wasm'])
    const last = await begun(all, later.kept)
    expect((await last.ensureBackend()).name).toBe('webgl')
    expect(last.probed).toEqual([])
  })

  it('that is chosen is tried first, and stays what it was where it does not run', async () => {
    const { ensureBackend, setBackend, getState, fakes } = await begun(all)
    await ensureBackend()
    await setBackend('cpu')
    expect(getState().backend).toMatchObject({ choice: 'cpu', name: 'cpu' })
    fakes.fate = (_, __, name) => (name === 'tryBackend' ? failed : 'answers')
    await expect(setBackend('webgpu')).rejects.toThrow(failed.message)
    expect(getState().backend).toMatchObject({ choice: 'cpu', name: 'cpu' })
  })

  it('wasm computes on one thread, in later workers too, where more do not start; they are tried again at the next visit', async () => {
    vi.stubGlobal('crossOriginIsolated', true)
    const { ensureBackend, rebuildCompute, asked, fakes, kept } = await begun(all)
    const { probe } = fakes
    let tries = 0
    fakes.probe = (name) => (name === 'wasm' && ++tries === 1 ? Promise.reject(failed) : probe(name))
    await ensureBackend()
    // In the worker that measured it again, and in the one that computes.
    expect(asked.filter(([name]) => name === 'withoutThreads')).toHaveLength(2)
    asked.length = 0
    await rebuildCompute()
    expect(asked.map(([name]) => name).slice(0, 2)).toEqual(['withoutThreads', 'setBackends'])
    const { probeMs } = JSON.parse([...kept.values()][0]) as { probeMs: object }
    expect(probeMs).toEqual({ webgpu: 4, webgl: 2, cpu: 9 })
  })

  it('that has lost its processor three times is left for the next one, and said so', async () => {
    const { ensureBackend, asked, fakes, getState } = await begun(all)
    await ensureBackend()
    // Those that measured were ended.
    const running = () => fakes.lives.findLast(({ terminated }) => !terminated)
    const lose = async (): Promise<void> => {
      running()?.die(new CutpointError('gpu-lost', 'It was lost.', '', { backend: 'webgl' }))
      await vi.advanceTimersByTimeAsync(0)
    }
    await lose()
    await lose()
    expect(getState().backend.name).toBe('webgl')
    expect(getState().notices).toHaveLength(1)
    await lose()
    expect(getState().backend).toMatchObject({ choice: 'auto', name: 'wasm', device: 'a wasm' })
    expect(getState().notices.map(({ stays }) => stays)).toEqual([true])
    expect(asked.findLast(([name]) => name === 'setBackends')).toEqual(['setBackends', ['wasm', 'webgpu', 'cpu']])
  })
})
