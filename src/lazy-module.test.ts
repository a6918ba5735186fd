import { expect, test } from 'vitest'
import { lazyModule } from './lazy-module'

const offline = new TypeError('Failed to fetch dynamically imported module: https://a.example/part.js')

test('what could not be fetched is fetched again by the next call, and then once for all', async () => {
  let network = false
  let fetches = 0
  const part = lazyModule('The report', () => {
    fetches++
    return network ? Promise.resolve({ name: 'report' }) : Promise.reject(offline)
  })
  await expect(part()).rejects.toMatchObject({
    code: 'part-unreachable',
    message: 'The report could not be fetched.',
    details: { reason: offline.message },
  })
  await expect(part()).rejects.toMatchObject({ code: 'part-unreachable' })
  network = true
  const together = await Promise.all([part(), part()])
  expect(together[0]).toBe(together[1])
  expect(await part()).toBe(together[0])
  expect(fetches).toBe(3)
})

test('an error of the module itself is not taken for the network’s', async () => {
  const broken = lazyModule('The report', () => Promise.reject(new TypeError('navigator.gpu is undefined')))
  await expect(broken()).rejects.toThrow('navigator.gpu is undefined')
  await expect(broken()).rejects.not.toMatchObject({ code: 'part-unreachable' })
})
