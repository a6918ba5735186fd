import { describe, expect, it } from 'vitest'
import { unpackGuard } from './unpack-guard'

const limits = { entries: 3, bytes: 1000 }
const refused = expect.objectContaining({ code: 'bad-zip' }) as unknown

describe('what an archive may unpack to', () => {
  it('is so many files', () => {
    const guard = unpackGuard('a.zip', 10, limits)
    for (let i = 0; i < 3; i++) guard.listed(1)
    expect(() => guard.listed(1)).toThrow(refused)
  })

  it('is told in megabytes that can be read', () => {
    const guard = unpackGuard('a.zip', 875_686, { entries: 3, bytes: 256e6 })
    expect(() => guard.listed(900e6)).toThrow('would unpack to more than 256 MB from 0.88 MB')
  })

  it('is a hundred times its size, by what it says and by what comes out', () => {
    for (const way of ['listed', 'unpacked'] as const) {
      const guard = unpackGuard('a.zip', 20, limits)
      guard[way](2000)
      expect(() => guard[way](1)).toThrow(refused)
    }
  })
})
