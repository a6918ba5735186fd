// Takes the pictures of the retraining room that are in docs/room/: the first page, photos, training, report, trying, and large
// type, light and dark, on a wide and a narrow screen. Needs the built page (`npm run build`); run
// `node tools/screenshots-room.mjs`, with the folder of another build as an argument where it is not dist/.
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { saveWebp } from './save-webp.mjs'
import { serve } from './serve.mjs'
import { findChromium } from './chromium.mjs'

const root = fileURLToPath(new URL('../', import.meta.url))
const target = resolve(process.argv[3] ?? join(root, 'docs/room'))
const screens = [
  { name: 'wide', width: 1440, height: 900 },
  { name: 'narrow', width: 390, height: 844 },
]

/** How each picture is come to, and what is done before the next. */
const places = {
  photos: { open: (page) => page.keyboard.press('3') },
  train: { open: (page) => page.keyboard.press('4') },
  report: {
    open: async (page) => {
      await page.getByRole('button', { name: 'Open the report' }).click()
      await page.getByRole('dialog', { name: 'Report' }).waitFor()
    },
    close: (page) => page.keyboard.press('Escape'),
  },
  try: { open: (page) => page.keyboard.press('5') },
  presentation: {
    open: async (page) => {
      await page.keyboard.press('p')
      await page.keyboard.press('5')
    },
    close: (page) => page.keyboard.press('p'),
  },
}

const server = await serve(resolve(process.argv[2] ?? join(root, 'dist')), { isolated: true })
const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: ['--no-sandbox'] })
await mkdir(target, { recursive: true })

// The job is done once; then the same page is looked at in all the ways.
const page = await browser.newPage({ viewport: screens[0], reducedMotion: 'reduce' })
await page.goto(server.url)
await page.getByRole('button', { name: 'Try the built-in sample' }).waitFor()
await inAllWays('first', () => Promise.resolve())
await page.setViewportSize(screens[0])
await page.getByRole('button', { name: 'Try the built-in sample' }).click()
await page.getByLabel('Photos tried').locator('img').nth(2).waitFor({ timeout: 300_000 })
for (const [name, { open, close }] of Object.entries(places)) await inAllWays(name, open, close)
await browser.close()
server.close()

/** Takes a picture of one place on both screens, light and dark. */
async function inAllWays(name, open, close) {
  for (const screen of screens) {
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize(screen)
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await open(page)
      await quiet()
      await saveWebp(page, join(target, `${name}-${colorScheme}-${screen.name}.webp`))
      await close?.(page)
    }
  }
}

/** Waits until the pictures in sight are there, and nothing has the keyboard's ring that a reader would not know of. */
async function quiet() {
  await page.evaluate(async () => {
    if (document.activeElement?.matches('h2')) document.activeElement.blur()
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)))
    for (let frame = 0; frame < 30; frame++) await new Promise(requestAnimationFrame)
  })
}
