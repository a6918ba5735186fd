import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openModel } from '..'
import { CutpointError } from '../../errors'
import { memoryFile, readAll } from '../source'
import { endlessHdf5 } from '../testing/endless-hdf5'
import { diskFile, quiet } from '../testing/files'
import { withWorker } from '../testing/threads'
import type { ReadModel, SourceFile } from '../types'

const fixtures = new URL('../fixtures/keras/', import.meta.url)
const good = diskFile(new URL('sequential2.h5', fixtures), 'model.h5')

let takeAway: () => Promise<void>
let endless: SourceFile
beforeAll(async () => {
  takeAway = await withWorker(new URL('./hdf5.worker.ts', import.meta.url))
  endless = memoryFile('endless.h5', endlessHdf5(await readAll(good)))
}, 60_000)
afterAll(() => takeAway())

async function sums({ graph, weights }: ReadModel): Promise<number[]> {
  const all: number[] = []
  for (const id of graph.weights.keys()) {
    const values = await weights.values(id)
    all.push(Array.from(values, Number).reduce((sum, value) => sum + value, 0))
  }
  return all
}

describe('files in threads', () => {
  it('have the weights that they have in one thread', async () => {
    const inThread = await openModel([good], quiet)
    const there = await sums(inThread)
    const { Worker } = globalThis
    Reflect.deleteProperty(globalThis, 'Worker')
    const here = await openModel([good], quiet).finally(() => {
      globalThis.Worker = Worker
    })
    expect(there).toEqual(await sums(here))
    expect(new Set(there).size).toBeGreaterThan(3)
    await inThread.close?.()
    await here.close?.()
    const kernel = [...inThread.graph.weights.keys()].find((id) => id.endsWith('kernel')) ?? ''
    await expect(inThread.weights.raw(kernel)).rejects.toThrow('is closed')
  })

  it('are refused when reading them does not end, and the next is read', async () => {
    await expect(openModel([endless], quiet)).rejects.toMatchObject({
      code: 'bad-hdf5',
      message: 'Reading endless.h5 does not end; it is probably damaged.',
    })
    const model = await openModel([good], quiet)
    expect(model.graph.weights.size).toBeGreaterThan(3)
    await model.close?.()
  }, 120_000)

  it('are let go when the user cancels', async () => {
    let looks = 0
    const checkCancelled = (): void => {
      if (++looks > 10) throw new CutpointError('cancelled', 'The work was cancelled.', '')
    }
    await expect(openModel([endless], { ...quiet, checkCancelled })).rejects.toMatchObject({ code: 'cancelled' })
  })
})
