import { expect, test, type Page } from '@playwright/test'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { openPage } from './support/page'
import { serve } from '../tools/serve.mjs'

test.use({ serviceWorkers: 'allow' })

/** Waits until the page says that all its files are kept. */
async function readyOffline(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More about this page' }).click()
  await expect(page.getByText('Ready to work offline', { exact: true })).toBeVisible({ timeout: 90_000 })
  await page.keyboard.press('Escape')
}

test('after the first visit, the sample’s whole job needs no network', async ({ page, context }) => {
  test.setTimeout(300_000)
  const server = await serve(resolve('dist'), { isolated: true })
  try {
    await openPage(page, server.url)
    await readyOffline(page)
  } finally {
    server.close()
  }
  await context.setOffline(true)
  await openPage(page, server.url)
  // What was not kept is not to be had: there is no network.
  expect(await page.evaluate(() => fetch('not-there.json').then(Boolean, () => false))).toBe(false)
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  await page.getByRole('button', { name: 'Try the built-in sample' }).click()
  await expect(page.getByTestId('report')).toBeVisible({ timeout: 180_000 })
  await expect(page.getByLabel('Photos tried').locator('img')).toHaveCount(3)
  await expect(page.getByLabel('Photos tried')).toContainText(/\d+ %/)
  await expect(page.locator('[role=alert]')).toHaveCount(0)
})

test('on a host that sends no headers, networks have threads from the second load on', async ({ page }) => {
  const server = await serve(resolve('dist'), { path: '/class/cutpoint/' })
  try {
    await openPage(page, server.url)
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false)
    await readyOffline(page)
    await page.getByRole('button', { name: 'More about this page' }).click()
    await page.getByRole('button', { name: 'Reload' }).click()
    await page.waitForFunction(() => crossOriginIsolated && 'cutpoint' in window)
    await page.evaluate(() => window.cutpoint.open('models/efficientnet-lite0/model.json'))
    await page.evaluate(() => window.cutpoint.setBackend('wasm'))
    const { device } = await page.evaluate(() => window.cutpoint.backend())
    // tfjs' own pool takes half of the processors that it is told of.
    const threads = await page.evaluate(() => Math.max(1, Math.floor(navigator.hardwareConcurrency / 2)))
    expect(device).toBe(`CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'}`)
  } finally {
    server.close()
  }
})

test('a new version is told, waits to be asked, and leaves no old files behind', async ({ page }) => {
  const site = mkdtempSync(join(tmpdir(), 'cutpoint-'))
  cpSync(resolve('dist'), site, { recursive: true })
  const server = await serve(site, { isolated: true })
  try {
    await openPage(page, server.url)
    await readyOffline(page)
    publishAnew(site)

    await openPage(page, server.url)
    await expect(page).toHaveTitle('Cutpoint')
    const notice = page.getByRole('region', { name: 'Messages' })
    await expect(notice).toContainText('A new version of Cutpoint is there', { timeout: 90_000 })
    await expect(page).toHaveTitle('Cutpoint')

    await notice.getByRole('button', { name: 'Reload' }).click()
    await expect(page).toHaveTitle('Cutpoint again')
    const kept = await page.evaluate(async () => {
      const requests = (
        await Promise.all((await caches.keys()).map(async (key) => (await caches.open(key)).keys()))
      ).flat()
      return requests.map(({ url }) => url).filter((url) => url.includes('index.html'))
    })
    expect(kept).toHaveLength(1)
    expect(kept[0]).toContain('0000new')
  } finally {
    server.close()
    rmSync(site, { recursive: true })
  }
})

/** Does to a built site what a build of changed sources does: the page differs, and the worker knows. */
function publishAnew(site: string): void {
  const change = (name: string, from: RegExp, to: string): void => {
    const before = readFileSync(join(site, name), 'utf8')
    const after = before.replace(from, to)
    expect(after).not.toBe(before)
    writeFileSync(join(site, name), after)
  }
  change('index.html', /<title>Cutpoint/, '<title>Cutpoint again')
  change('offline.js', /(url:\s*[`"']index\.html[`"'],\s*revision:\s*[`"'])[0-9a-f]+/, '$10000new')
}
