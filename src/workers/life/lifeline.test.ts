import { beforeEach, describe, expect, it, vi } from 'vitest'
import { startWatched } from './lifeline'

/** A worker that begins to work when the test says so. */
class FakeWorker extends EventTarget {
  terminated = false
  readonly told: unknown[] = []

  postMessage(message: unknown): void {
    this.told.push(message)
  }

  terminate(): void {
    this.terminated = true
  }

  begin(): void {
    this.dispatchEvent(new MessageEvent('message', { data: { lifeline: 'held' } }))
  }

  unfetched(): void {
    this.dispatchEvent(new Event('error'))
  }
}

function watched() {
  const workers: FakeWorker[] = []
  const heard: string[] = []
  const watching = startWatched(
    {
      what: 'What does it',
      start() {
        const worker = new FakeWorker()
        workers.push(worker)
        return worker as unknown as Worker
      },
    },
    { alive: () => heard.push('alive'), died: ({ code }) => heard.push(code) },
  )
  return { workers, heard, unwatch: watching.unwatch }
}

const hour = 3_600_000

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('navigator', {})
  return () => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  }
})

describe('a worker that does not begin to work', () => {
  it('is dead once one that was started later works', () => {
    const { workers, heard } = watched()
    while (workers.length < 2) vi.advanceTimersToNextTimer()
    workers[1].begin()
    expect(heard).toEqual(['worker-died'])
    expect(workers.map(({ terminated }) => terminated)).toEqual([false, true])
    vi.advanceTimersByTime(hour)
    expect(workers).toHaveLength(2)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is only slow while no other one works either, and few others are started', () => {
    const { workers, heard, unwatch } = watched()
    vi.advanceTimersByTime(60_000)
    expect(heard).toEqual([])
    expect(workers.length).toBeLessThanOrEqual(4)
    workers[0].begin()
    expect(heard).toEqual(['alive'])
    expect(workers.slice(1).every(({ terminated }) => terminated)).toBe(true)
    unwatch()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is dead, too, when the one it is compared with died the same way', () => {
    const { workers, heard } = watched()
    while (workers.length < 3) vi.advanceTimersToNextTimer()
    workers[2].begin()
    expect(heard).toEqual(['worker-died'])
    expect(workers.slice(1).every(({ terminated }) => terminated)).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is dead when the other one cannot start', () => {
    const { workers, heard } = watched()
    while (workers.length < 2) vi.advanceTimersToNextTimer()
    workers[1].unfetched()
    expect(heard).toEqual(['worker-died'])
  })

  it('is told as that when it could not be fetched', () => {
    const { workers, heard } = watched()
    workers[0].unfetched()
    expect(heard).toEqual(['part-unreachable'])
  })

  it('is not asked for any more once nobody watches', () => {
    const { workers, heard, unwatch } = watched()
    while (workers.length < 3) vi.advanceTimersToNextTimer()
    unwatch()
    expect(workers.slice(1).every(({ terminated }) => terminated)).toBe(true)
    expect(heard).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })
})
