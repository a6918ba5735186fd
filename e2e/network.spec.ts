import { expect, test } from '@playwright/test'
import { gzipSync } from 'node:zlib'
import { openPage } from './support/page'

test('nothing but the own origin is asked for anything', async ({ page, baseURL }) => {
  const own = new URL(baseURL ?? '').origin
  const foreign: string[] = []
  page.context().on('request', (request) => {
    const { protocol, origin, href } = new URL(request.url())
    if (!['data:', 'blob:'].includes(protocol) && origin !== own) foreign.push(href)
  })
  await openPage(page)
  await page.getByRole('button', { name: 'Try the built-in sample' }).click()
  await expect(page.getByTestId('report')).toBeVisible({ timeout: 90_000 })
  await expect(page.getByLabel('Photos tried').locator('img')).toHaveCount(3)
  expect(foreign).toEqual([])
})

test('the first paint needs at most 150 KB of gzipped JavaScript, without tfjs and without the graph view', async ({
  page,
}) => {
  // Whether a script is asked for before the heading is there is the page's to say: here, answers come at any time.
  await page.addInitScript(() => {
    const noted = new MutationObserver(() => {
      if (!document.querySelector('h1')) return
      performance.mark('heading')
      noted.disconnect()
    })
    noted.observe(document, { childList: true, subtree: true })
  })
  await page.goto('./')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const scripts = await page.evaluate(async () => {
    const [{ startTime: shown }] = performance.getEntriesByName('heading')
    const needed = performance
      .getEntriesByType('resource')
      .filter(({ name, startTime }) => startTime < shown && new URL(name).pathname.endsWith('.js'))
    return Promise.all(needed.map(async ({ name }) => (await fetch(name)).text()))
  })

  const total = scripts.reduce((sum, script) => sum + gzipSync(script, { level: 9 }).length, 0)
  console.log(`JavaScript before first paint: ${(total / 1000).toFixed(1)} KB gzipped in ${scripts.length} files`)
  expect(scripts.length).toBeGreaterThan(0)
  expect(total).toBeLessThanOrEqual(150_000)
  for (const text of scripts) {
    expect(text).not.toContain('Conv2DBackpropFilter')
    expect(text).not.toContain('react-flow__')
  }
})
