import { expect, test } from '@playwright/test'
import { resolve } from 'node:path'
import { openSmallNetwork } from './support/network'
import { openPage } from './support/page'
import { addMadePhotos } from './support/visits'
import { serve } from '../tools/serve.mjs'

test('works on a server that sets no headers, in a folder of its own', async ({ page }) => {
  const server = await serve(resolve('dist'), { path: '/class/cutpoint/' })
  try {
    await openPage(page, server.url)
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false)
    await page.getByRole('button', { name: 'Try the built-in sample' }).click()
    await expect(page.getByTestId('report')).toBeVisible({ timeout: 100_000 })
    await expect(page.getByLabel('Photos tried').locator('img')).toHaveCount(3)
    const { name, device } = await page.evaluate(() => window.cutpoint.backend())
    expect(name).toBe('wasm')
    expect(device).toBe('CPU, 1 thread')
  } finally {
    server.close()
  }
})

test('served by the project’s own command it is isolated, and wasm has its threads', async ({ page }) => {
  await openPage(page)
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  const { name, device, probeMs } = await page.evaluate(() => window.cutpoint.backend())
  expect(probeMs[name]).toBeGreaterThan(0)
  // tfjs' own pool takes half of the processors that it is told of.
  const threads = await page.evaluate(() => Math.max(1, Math.floor(navigator.hardwareConcurrency / 2)))
  if (name === 'wasm') expect(device).toBe(`CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'}`)
})

test('where the workers of wasm’s threads never start, wasm computes on one thread', async ({ page }) => {
  // It is measured again, as on a first visit.
  await page.addInitScript(() => localStorage.clear())
  await page.route('**/compute.worker-*.js', async (route) => {
    const response = await route.fetch()
    const body = `
      Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4 })
      self.Worker = class { constructor() { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0) } }
      ${await response.text()}`
    await route.fulfill({ response, body })
  })
  await openPage(page)
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  await openSmallNetwork(page)
  await addMadePhotos(page, 1, 8)
  const { accuracy } = await page.evaluate(() => window.cutpoint.train())
  expect(accuracy.train).toBeGreaterThan(0.5)
  const { name, device } = await page.evaluate(() => window.cutpoint.backend())
  expect([name, device]).toEqual(['wasm', 'CPU, 1 thread'])
})
