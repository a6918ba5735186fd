import { expect, it } from 'vitest'
import { deferred } from './deferred'

it('is settled from without, once, by a value, a promise or a reason', async () => {
  const value = deferred<number>()
  value.resolve(1)
  value.resolve(2)
  expect(await value.promise).toBe(1)
  const later = deferred<number>()
  later.resolve(Promise.resolve(3))
  expect(await later.promise).toBe(3)
  const refused = deferred<never>()
  refused.reject('why')
  await expect(refused.promise).rejects.toBe('why')
})
