import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kill } from 'node:process'
import { findChromium } from '../../tools/chromium.mjs'
import { openPage } from './page'

/** What the page shows of what is to be kept. */
export interface Shown {
  readonly photos: readonly string[]
  readonly labels: readonly string[]
  readonly heads: readonly string[]
  readonly cut: readonly string[]
}

/** A browser with a profile on disk, as people have it: a tab can be killed there and come back. `prepare` gets the profile's folder before. */
export async function withProfile(
  work: (context: BrowserContext) => Promise<void>,
  prepare: (profile: string) => void = () => undefined,
): Promise<void> {
  const { baseURL, launchOptions } = test.info().project.use
  const profile = mkdtempSync(join(tmpdir(), 'cutpoint-profile-'))
  prepare(profile)
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium() ?? undefined,
    args: launchOptions?.args ?? [],
    baseURL,
    viewport: { width: 1440, height: 900 },
  })
  try {
    await work(context)
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
}

/** Adds small made pictures to the labels `bright` and `dark`, half of them to each; the same seed makes the same ones. */
export async function addMadePhotos(page: Page, seed: number, count: number): Promise<void> {
  await preparePhotos(page, seed, count)
  await page.evaluate(async () => {
    for (const [label, blobs] of Object.entries(window.made)) await window.cutpoint.addImages(label, blobs)
  })
}

declare global {
  interface Window {
    /** Pictures made by the test, by label. */
    made: Record<string, Blob[]>
  }
}

/** Makes pictures and leaves them in the page. */
export async function preparePhotos(page: Page, seed: number, count: number): Promise<void> {
  await page.evaluate(
    async ({ start, amount }) => {
      const picture = (number: number, base: number): Promise<Blob> => {
        const canvas = new OffscreenCanvas(16, 16)
        const context = canvas.getContext('2d')
        for (let at = 0; at < 256; at++) {
          const grey = base + (((at + 1) * (number + 7919)) % 97)
          if (context) context.fillStyle = `rgb(${grey} ${(grey * 7 + number) % 256} ${base})`
          context?.fillRect(at % 16, at >> 4, 1, 1)
        }
        return canvas.convertToBlob({ type: 'image/png' })
      }
      window.made = { bright: [], dark: [] }
      for (let number = start * 10_000; number < start * 10_000 + amount; number++) {
        const label = number % 2 === 0 ? 'bright' : 'dark'
        window.made[label].push(await picture(number, label === 'bright' ? 150 : 10))
      }
    },
    { start: seed, amount: count },
  )
}

/** What the page shows now. */
export function look(page: Page): Promise<Shown> {
  return page.evaluate(lookInPage)
}

/** Runs in the page, and so refers to nothing outside. */
export async function lookInPage(): Promise<Shown> {
  const { cutpoint } = window
  const [photos, labels, heads] = await Promise.all([cutpoint.photos(), cutpoint.labels(), cutpoint.heads()])
  return {
    photos: photos.map(({ id, label, part }) => `${id} ${label} ${part}`),
    labels: labels.map(({ label }) => label),
    heads: heads.map(({ id }) => id),
    cut: [...document.querySelectorAll('[data-testid=cut-card] > p')].map((tensor) => tensor.textContent),
  }
}

/** Comes back and goes on where the last visit ended. */
export async function comeBack(page: Page): Promise<void> {
  await openPage(page)
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  await expect(page.getByLabel('Stations')).toBeVisible()
}

/** Kills the processes of all tabs, at once and from outside. */
export async function killTab(context: BrowserContext, page: Page): Promise<void> {
  const client = await context.browser()?.newBrowserCDPSession()
  if (!client) throw new Error('no browser to ask')
  const { processInfo } = await client.send('SystemInfo.getProcessInfo')
  const crashed = page.waitForEvent('crash')
  for (const { type, id } of processInfo) if (type === 'renderer') kill(id, 'SIGKILL')
  await crashed
  await client.detach()
}
