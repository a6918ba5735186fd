import { expect, test, type Locator, type Page } from '@playwright/test'
import { openPage } from './support/page'
import { seriousProblems } from './support/accessibility'

const model = './#model=models/efficientnet-lite0/model.json'
const graph = (page: Page) => page.getByRole('region', { name: 'Graph', exact: true })

/** Opens the built-in model and waits until all is known of it. */
async function openModel(page: Page): Promise<void> {
  await openPage(page, model)
  await expect(page.locator('[data-complete=true]')).toBeVisible({ timeout: 30_000 })
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`axe finds nothing serious: ${colorScheme}, ${viewport.width}×${viewport.height}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize(viewport)
      await test.step('the first page', async () => {
        await openPage(page)
        expect(await seriousProblems(page)).toEqual([])
      })
      await test.step('the graph, folded', async () => {
        await page.goto('about:blank')
        await openModel(page)
        expect(await seriousProblems(page)).toEqual([])
      })
      await test.step('an unfolded scope and what is said of it', async () => {
        const folded = graph(page).locator('.react-flow__node[aria-expanded=false]').first()
        await folded.focus()
        await page.keyboard.press('Enter')
        await expect(graph(page).locator('.react-flow__node[aria-expanded=true]').first()).toBeVisible()
        expect(await seriousProblems(page)).toEqual([])
      })
      await test.step('a tensor found, with its card', async () => {
        await page.getByRole('combobox', { name: 'Find in the graph' }).fill('Mean:0')
        await expect(
          page.getByRole('listbox', { name: 'Found in the graph' }).getByRole('option').first(),
        ).toBeVisible()
        expect(await seriousProblems(page)).toEqual([])
        await page.keyboard.press('Enter')
        await expect(page.getByRole('button', { name: 'Cut here' }).first()).toBeVisible()
        expect(await seriousProblems(page)).toEqual([])
      })
    })
  }
}

test('axe finds nothing serious in the retraining room, with a trained head', async ({ page }) => {
  test.setTimeout(600_000)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openPage(page)
  await page.getByRole('button', { name: 'Try the built-in sample' }).click()
  await expect(page.getByLabel('Photos tried').locator('img')).toHaveCount(3, { timeout: 200_000 })
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const viewport of [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
    ]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize(viewport)
      for (const [name, place] of Object.entries(places)) {
        await test.step(`${name}: ${colorScheme}, ${viewport.width}×${viewport.height}`, async () => {
          await place.open(page)
          if (place.seen) await expect(place.seen(page)).toBeVisible()
          expect(await seriousProblems(page)).toEqual([])
          await (place.close?.(page) ?? page.keyboard.press('Escape'))
          if (place.seen) await expect(place.seen(page)).toHaveCount(0)
        })
      }
    }
  }
})

interface Place {
  readonly open: (page: Page) => Promise<void>
  /** What is there then, and goes when the place is left. */
  readonly seen?: (page: Page) => Locator
  /** How it is left, if not by Escape. */
  readonly close?: (page: Page) => Promise<void>
}

/** A station by its key, as a narrow screen needs it, too. */
const station =
  (key: string) =>
  async (page: Page): Promise<void> => {
    await page.locator('body').click({ position: { x: 1, y: 1 } })
    await page.keyboard.press(key)
  }

/** A button of a station. */
const pressed =
  (key: string, button: string | RegExp) =>
  async (page: Page): Promise<void> => {
    await station(key)(page)
    await page.getByRole('button', { name: button }).first().click()
  }

const places: Record<string, Place> = {
  model: { open: station('1') },
  cut: { open: station('2') },
  photos: { open: station('3') },
  train: { open: station('4') },
  try: { open: station('5') },
  help: {
    open: pressed('4', 'What is “Train”?'),
    seen: (page) => page.getByRole('dialog', { name: 'What is “Train”?' }),
  },
  menu: {
    open: pressed('1', 'More about this page'),
    seen: (page) => page.getByRole('dialog', { name: 'More about this page' }),
  },
  project: { open: pressed('1', 'Project'), seen: (page) => page.getByRole('dialog', { name: 'Project' }) },
  keys: { open: station('?'), seen: (page) => page.getByRole('dialog', { name: 'Keys' }) },
  'photo room': {
    open: pressed('3', 'Sort side by side'),
    seen: (page) => page.getByRole('dialog', { name: 'Photo room' }),
  },
  report: {
    open: pressed('4', 'Open the report'),
    seen: (page) => page.getByRole('dialog', { name: 'Report' }),
  },
  'a photo of the report': {
    open: async (page) => {
      await pressed('4', 'Open the report')(page)
      await page
        .getByRole('dialog', { name: 'Report' })
        .getByRole('button', { name: /taken for/ })
        .first()
        .click()
    },
    seen: (page) => page.getByRole('dialog', { name: /^Photo \d/ }),
    close: async (page) => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
    },
  },
  presentation: { open: station('p'), seen: (page) => page.locator('html[data-present]') },
}
