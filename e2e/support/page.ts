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

/** The error a scripting call rejects with, or null if it does not. */
export function codeOf(page: Page, call: () => Promise<unknown>): Promise<string | null> {
  return page.evaluate(async (source) => {
    // The call runs in the page, where its own text is all that can be sent.
    const run = new Function(`return (${source})()`) as () => Promise<unknown>
    try {
      await run()
      return null
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : String(error)
    }
  }, call.toString())
}

declare global {
  interface Performance {
    /** https://wicg.github.io/performance-measure-memory/ */
    measureUserAgentSpecificMemory(): Promise<{ bytes: number }>
  }
}
