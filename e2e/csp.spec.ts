import { expect, test, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { findChromium } from '../tools/chromium.mjs'
import { hostHeaders } from '../tools/headers.mjs'
import { serve } from '../tools/serve.mjs'
import { openPage } from './support/page'

test.use({
  launchOptions: {
    executablePath: findChromium() ?? undefined,
    args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  },
})

/** What broke the policy in the page itself; what did in a worker comes as a report to the server. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    Object.assign(window, { violations: [] })
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
      window.violations.push(`${violatedDirective} ${blockedURI} ${sourceFile}`),
    )
  })
  return () => page.evaluate(() => window.violations)
}

declare global {
  interface Window {
    violations: string[]
  }
}

test('the whole job breaks no rule of the policy, on the page or in a worker', async ({ page }) => {
  test.setTimeout(400_000)
  const reports: string[] = []
  const server = await serve(resolve('dist'), { isolated: true, reports })
  const violations = await listen(page)
  try {
    await openPage(page, server.url)
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)

    await page.getByRole('button', { name: 'Try the built-in sample' }).click()
    await expect(page.getByTestId('report')).toBeVisible({ timeout: 240_000 })
    await page.getByRole('button', { name: 'Open the report' }).click()
    await expect(page.getByRole('dialog', { name: 'Report' })).toBeVisible()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox', { name: 'Find a command' })).toBeFocused()
    await page.keyboard.press('Escape')

    await test.step('a head with hidden layers, and its curves', async () => {
      await page.evaluate(() =>
        window.cutpoint.train({
          head: {
            kind: 'dense',
            hidden: [8],
            dropout: 0,
            optimizer: 'adam',
            learningRate: 0.01,
            epochs: 4,
            batchSize: 32,
            patience: 4,
          },
        }),
      )
      await page.getByRole('button', { name: 'Open the report' }).click()
      await expect(page.getByRole('dialog').locator('canvas').first()).toBeVisible()
      await page.keyboard.press('Escape')
    })

    await test.step('the camera', async () => {
      await page.getByTestId('try-drop').getByRole('button', { name: 'Camera' }).click()
      const live = page.getByRole('group', { name: 'Live camera' })
      await expect(live.getByTestId('live-rate')).toContainText('a second', { timeout: 60_000 })
      await live.getByRole('button', { name: 'Close the camera' }).click()
    })

    await test.step('pictures of the graph, on disk and on paper', async () => {
      await page.evaluate(() => (window.print = () => undefined))
      await page.keyboard.press('Control+p')
      await expect(page.locator('[data-sheets] img').first()).toBeAttached()
      expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(1)
    })

    await test.step('export, project, and a list of photos', async () => {
      expect(await page.evaluate(async () => (await window.cutpoint.exportModel('tfjs-graph')).size)).toBeGreaterThan(
        1e6,
      )
      await page.evaluate(async () => {
        const project = await window.cutpoint.saveProject()
        await window.cutpoint.reset()
        await window.cutpoint.openProject(new File([project], 'all.cutpoint'))
      })
      await expect(page.getByTestId('report')).toBeVisible()
      const list = { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from('file,label\na.png,a\n') }
      await page.locator('[data-station=photos] input[type=file]').last().setInputFiles(list)
      await expect(page.getByRole('region', { name: 'Messages' })).toContainText('list.csv')
    })

    await test.step('an HDF5 file, and each backend', async () => {
      await page.evaluate(() => window.cutpoint.reset())
      const file = resolve('src/formats/fixtures/keras/classifier3.h5')
      await page.locator('input[type=file][multiple]').first().setInputFiles(file)
      await expect(page.getByLabel('Stations')).toBeVisible()
      for (const name of ['webgl', 'cpu', 'wasm'] as const) {
        await page.evaluate((backend) => window.cutpoint.setBackend(backend).catch(() => undefined), name)
      }
    })

    expect(await violations()).toEqual([])
    expect(reports).toEqual([])

    await test.step('what breaks it would have been heard', async () => {
      await page.evaluate(() => {
        document.body.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' }))
        const text = 'try { new Function("return 1")() } catch {}'
        new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })))
      })
      // By the header's policy and by the page's own.
      const style = expect.stringContaining('style-src')
      await expect.poll(violations).toEqual([style, style])
      await expect.poll(() => reports.filter((report) => report.includes('script-src')).length).toBeGreaterThan(0)
    })
  } finally {
    server.close()
  }
})

test('without headers of the host, the page itself keeps to the policy', async ({ page }) => {
  const server = await serve(resolve('dist'))
  const violations = await listen(page)
  try {
    await openPage(page, server.url)
    expect(await violations()).toEqual([])
    await page.evaluate(() =>
      document.body.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' })),
    )
    await expect.poll(violations).toEqual([expect.stringContaining('style-src')])
  } finally {
    server.close()
  }
})

test('the README says what a host should send', () => {
  const readme = readFileSync('README.md', 'utf8')
  for (const [name, value] of Object.entries(hostHeaders)) expect(readme).toContain(`${name}: ${value}`)
})
