import { expect, type Page } from '@playwright/test'
import type {} from '../../src/api'

/** Opens the page and waits until it can be used and scripted. */
export async function openPage(page: Page, address = './'): Promise<void> {
  await page.goto(address)
  await expect(
    page.getByRole('button', { name: 'Try the built-in sample' }).or(page.getByLabel('Stations')),
  ).toBeVisible()
  await page.evaluate(() => window.cutpoint.ready)
}

declare global {
  interface Performance {
    /** https://wicg.github.io/performance-measure-memory/ */
    measureUserAgentSpecificMemory(): Promise<{ bytes: number }>
  }
}
