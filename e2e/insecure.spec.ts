import { expect, test } from '@playwright/test'
import { resolve } from 'node:path'
import { findChromium } from '../tools/chromium.mjs'
import { openPage } from './support/page'
import { seriousProblems } from './support/accessibility'
import { serve } from '../tools/serve.mjs'

/** A name that is not this machine's own, as a school's server has, over http. */
test.use({
  launchOptions: {
    executablePath: findChromium() ?? undefined,
    args: ['--no-sandbox', '--disable-background-networking', '--host-resolver-rules=MAP school.test 127.0.0.1'],
  },
})

test('without https it says what is missing, and does the rest', async ({ page }) => {
  test.setTimeout(300_000)
  const server = await serve(resolve('dist'), { isolated: true })
  try {
    await openPage(page, server.url.replace('localhost', 'school.test'))
    expect(await page.evaluate(() => isSecureContext)).toBe(false)
    const banner = page.getByRole('complementary', { name: 'What is missing here' })
    await expect(banner).toContainText('WebGPU')
    await expect(banner).toContainText('camera')
    await banner.getByRole('button', { name: 'What to do' }).click()
    await expect(page.getByRole('dialog', { name: 'What to do' })).toContainText('localhost')
    expect(await seriousProblems(page)).toEqual([])
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Try the built-in sample' }).click()
    await expect(page.getByTestId('report')).toBeVisible({ timeout: 180_000 })
    await expect(page.getByLabel('Photos tried').locator('img')).toHaveCount(3)
    await expect(page.locator('[role=alert]')).toHaveCount(0)
    await banner.getByRole('button', { name: 'Hide this' }).click()
    await expect(banner).toHaveCount(0)
  } finally {
    server.close()
  }
})
