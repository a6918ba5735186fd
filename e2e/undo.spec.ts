import { expect, test, type Locator, type Page } from '@playwright/test'
import { join } from 'node:path'
import { sampleIndex, samplesFolder } from './support/data'
import { dropPaths } from './support/drop'
import { openPage } from './support/page'

const { labels, images } = sampleIndex()
const pictures = images.filter(({ label }) => label === labels[0]).slice(0, 3)

const graph = (page: Page): Locator => page.getByRole('region', { name: 'Graph', exact: true })
const photos = (page: Page): Locator => page.getByRole('listbox', { name: /^Photos of / }).getByRole('option')
/** The buttons at the photos, which are there whatever is undone. */
const undoButton = (page: Page, name: string): Locator =>
  page.locator('[data-station="photos"]').getByRole('button', { name, exact: true })

/** Cuts at a tensor that the search finds, by keyboard. */
async function cutAt(page: Page, words: string, name: RegExp): Promise<void> {
  await page.keyboard.press('/')
  await page.keyboard.type(words)
  await expect(page.getByRole('listbox').getByRole('option').first()).toContainText(words.split('/').at(-1) ?? '')
  await page.keyboard.press('Enter')
  await expect(page.locator('.react-flow__node:focus')).toHaveAccessibleName(name)
  await page.keyboard.press('c')
  const here = page.getByRole('group', { name: /^Tensor / }).getByRole('button', { name: 'Cut here' })
  await expect(here).toBeFocused()
  await page.keyboard.press('Enter')
}

/** Where the network is cut, and how many photos are there, as the page shows them. */
async function expectShown(page: Page, cut: RegExp | null, count: number): Promise<void> {
  await expect(photos(page)).toHaveCount(count)
  if (cut) {
    await expect(page.getByTestId('cut-card')).toHaveText(cut)
    await expect(graph(page).locator('[data-cut-line]')).toHaveAttribute('data-cut-line', cut)
    await expect(graph(page).locator('[data-cut-line]')).toBeInViewport()
  } else {
    await expect(page.getByTestId('cut-card')).toHaveCount(0)
    await expect(graph(page).locator('[data-cut-line]')).toHaveCount(0)
  }
}

test('Ctrl+Z takes cuts and photos back in order of time, wherever the keyboard is, and Ctrl+Y does them again', async ({
  page,
}) => {
  await openPage(page, './#model=models/efficientnet-lite0/model.json')
  await expect(page.getByTestId('photo-drop')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('button', { name: 'Take the suggested cut' })).toBeEnabled()
  const [late, early] = [/pooling2d\/Mean:0$/, /stem\/relu6\/Relu6:0$/]
  await cutAt(page, 'pooling2d/Mean', /Mean/)
  await expectShown(page, late, 0)
  await dropPaths(
    page,
    page.getByTestId('photo-drop'),
    pictures.map(({ file }) => join(samplesFolder, file)),
  )
  await expectShown(page, late, 3)
  await cutAt(page, 'stem/relu6/Relu6', /ReLU6/i)
  await expectShown(page, early, 3)

  await test.step('one after another', async () => {
    await page.keyboard.press('Control+z')
    await expectShown(page, late, 3)
    await expect(undoButton(page, 'Undo: add 3 photos')).toBeEnabled()
    await page.keyboard.press('Control+z')
    await expectShown(page, late, 0)
    await expect(undoButton(page, 'Undo: cut at Mean:0')).toBeEnabled()
    await page.keyboard.press('Control+z')
    await expectShown(page, null, 0)
    await page.keyboard.press('Control+y')
    await expectShown(page, late, 0)
    await page.keyboard.press('Control+y')
    await expectShown(page, late, 3)
    await page.keyboard.press('Control+y')
    await expectShown(page, early, 3)
  })

  await test.step('quickly', async () => {
    for (let at = 0; at < 3; at++) await page.keyboard.press('Control+z')
    await expectShown(page, null, 0)
    for (let at = 0; at < 3; at++) await page.keyboard.press('Control+y')
    await expectShown(page, early, 3)
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await expectShown(page, late, 0)
    await page.keyboard.press('Control+Shift+z')
    await expectShown(page, late, 3)
  })

  await test.step('among the photos, and in the palette; a text field keeps the keys to itself', async () => {
    await page.getByRole('listbox', { name: /^Photos of / }).focus()
    await page.keyboard.press('Control+y')
    await expectShown(page, early, 3)
    await page.getByLabel('Name of a new label').fill('cat')
    await page.keyboard.press('Control+z')
    await expect(page.getByLabel('Name of a new label')).toHaveValue('')
    await expectShown(page, early, 3)
    await page.keyboard.press('Control+k')
    const palette = page.locator('dialog[open]')
    await palette.getByRole('combobox').fill('undo')
    await expect(palette.getByRole('option')).toHaveText(/^Undo: cut at Relu6:0/)
    await page.keyboard.press('Enter')
    await expectShown(page, late, 3)
  })
})
