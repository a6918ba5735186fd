import { describe, expect, it } from 'vitest'
import { errorOf } from '../testing/errors'
import { watchReads } from './reads'

const source = { path: 'model.h5', size: 2 ** 20, data: new Uint8Array(), attributes: [] }
const read = (): string => 'bytes'

describe('reads of a file', () => {
  it('may go over it some times a step, and not for ever', async () => {
    const reads = watchReads(source, () => undefined)
    for (let step = 0; step < 1000; step++) {
      reads.step(1)
      expect(reads.around(source.size, read)).toBe('bytes')
    }
    const endless = async (): Promise<never> => {
      for (;;) await Promise.resolve(reads.around(512, read))
    }
    expect(await errorOf(endless())).toMatchObject({ code: 'bad-hdf5', details: { reason: 'endless' } })
  })

  it('say that the disk is waited for while they are long, and what is done after', () => {
    const told: number[] = []
    const reads = watchReads(source, (share) => told.push(share))
    reads.step(3)
    reads.around(2 ** 20, () => expect(told).toEqual([3, Infinity]))
    expect(told).toEqual([3, Infinity, 3])
  })
})
