import { expect, test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { findFirefox } from '../tools/firefox.mjs'
import { FirefoxPage } from './support/firefox'

test.skip(findFirefox() === null, 'Firefox is not installed; CUTPOINT_FIREFOX may name one.')

/** TensorFlow's features of the small network, from tools/fixtures/make_cuts.py. */
const expected = JSON.parse(readFileSync('src/compute/fixtures/cuts/expected.json', 'utf8')) as {
  'narrow-head': { cut: string; features: { data: number[] } }
}

/** Says that the page computes what TensorFlow does. */
async function expectTensorFlows(page: FirefoxPage): Promise<void> {
  const { cut, features } = expected['narrow-head']
  const found = await page.ask('features')
  expect(Object.keys(found)).toEqual([cut])
  const apart = features.data.map((value, i) => Math.abs(value - found[cut][i]))
  expect(Math.max(...apart) / Math.max(...features.data.map(Math.abs))).toBeLessThan(1e-5)
}

async function withFirefox(given: Parameters<typeof FirefoxPage.open>[0], work: (page: FirefoxPage) => Promise<void>) {
  const page = await FirefoxPage.open(given)
  try {
    await work(page)
  } finally {
    await page.close()
  }
}

test('in Firefox, on a host that sends no headers, wasm has its threads from the second load on, and computes the same', async () => {
  await withFirefox({ processors: 4 }, async (page) => {
    const alone = { isolated: false, backend: 'wasm', device: 'CPU, 1 thread', workers: 0 }
    await expectTensorFlows(page)
    expect(await page.ask('look')).toEqual(alone)
    const first = await page.ask('train')
    expect(first.accuracy.test).toBeGreaterThan(0.75)
    expect(await page.ask('keep')).toBe(true)

    for (const load of ['second', 'third']) {
      await page.reload()
      await expectTensorFlows(page)
      const { workers, ...rest } = await page.ask('look')
      expect(rest, load).toEqual({ isolated: true, backend: 'wasm', device: 'CPU, 2 threads' })
      expect(workers, load).toBeGreaterThan(0)
    }
    const third = await page.ask('train')
    expect(third.accuracy).toEqual(first.accuracy)
    expect(third.said.map(({ label }) => label)).toEqual(first.said.map(({ label }) => label))
    for (const [i, { probability }] of third.said.entries())
      expect(probability).toBeCloseTo(first.said[i].probability, 3)

    await page.reload('forced')
    await expectTensorFlows(page)
    expect(await page.ask('look')).toEqual(alone)
  })
})

test('in Firefox, where two processors give wasm one thread, no workers are started for it', async () => {
  await withFirefox({ processors: 2 }, async (page) => {
    expect(await page.ask('keep')).toBe(true)
    await page.reload()
    await expectTensorFlows(page)
    expect(await page.ask('look')).toEqual({
      isolated: true,
      backend: 'wasm',
      device: 'CPU, 1 thread',
      workers: 0,
    })
  })
})

test('in Firefox, where no service worker is allowed, wasm computes on one thread at every load', async () => {
  await withFirefox({ processors: 4, prefs: { 'dom.serviceWorkers.enabled': false } }, async (page) => {
    expect(await page.ask('keep')).toBe(false)
    await page.reload()
    await expectTensorFlows(page)
    expect(await page.ask('look')).toEqual({ isolated: false, backend: 'wasm', device: 'CPU, 1 thread', workers: 0 })
    expect((await page.ask('train')).accuracy.test).toBeGreaterThan(0.75)
  })
})
