import { expect, test, type Page } from '@playwright/test'
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
