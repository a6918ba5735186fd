import { expect, it } from 'vitest'
import { unreachable } from '../lazy-module'
import { diskFull } from './disk-full'
import { whyNotKept } from './why'

it('tells a full disk, blocked cookies, a newer database and cleared data apart', () => {
  const named = (name: string): string => whyNotKept(new DOMException('no', name))
  expect(named('QuotaExceededError')).toBe('full')
  expect(whyNotKept(diskFull())).toBe('full')
  expect(named('SecurityError')).toBe('refused')
  expect(named('VersionError')).toBe('newer')
  expect(named('InvalidStateError')).toBe('lost')
  expect(whyNotKept(unreachable('What reads photos', 'offline'))).toBe('unfetched')
  expect(named('UnknownError')).toBe('blocked')
  expect(whyNotKept(new TypeError('indexedDB is undefined'))).toBe('blocked')
})
