import { expect, test, type Locator, type Page } from '@playwright/test'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seriousProblems } from './support/accessibility'
import { sampleIndex, samplesFolder } from './support/data'
import { dropPaths } from './support/drop'
import { openPage } from './support/page'

const index = sampleIndex()
const [first, second] = index.labels
const files = (label: string, count: number): string[] =>
  index.images
    .filter((image) => image.label === label)
    .slice(0, count)
    .map(({ file }) => file)
const card = (page: Page, label: string): Locator => page.getByRole('article', { name: `Label ${label}`, exact: true })
const grid = (page: Page, label: string): Locator => page.getByRole('listbox', { name: `Photos of ${label}` })
const selected = (page: Page): Locator => page.locator('[role="option"][aria-selected="true"]')

/** How many photos each label has, in the order of the labels. */
const counts = (page: Page): Promise<Record<string, number>> =>
  page.evaluate(async () =>
    Object.fromEntries((await window.cutpoint.labels()).map(({ label, images }) => [label, images])),
  )

const add = (page: Page, label: string, names: readonly string[]): Promise<unknown> =>
  page.evaluate(({ to, urls }) => window.cutpoint.addImages(to, urls), {
    to: label,
    urls: names.map((name) => `samples/${name}`),
  })

test.beforeEach(async ({ page }) => {
  await openPage(page, './#model=models/efficientnet-lite0/model.json')
  await expect(page.getByTestId('photo-drop')).toBeVisible({ timeout: 30_000 })
})

test('by keyboard: select, move, delete, take back, do again', async ({ page }) => {
  await add(page, first, files(first, 6))
  await add(page, second, files(second, 3))
  await grid(page, first).focus()
  for (const key of ['ArrowRight', 'Space', 'Shift+ArrowRight']) await page.keyboard.press(key)
  await expect(selected(page)).toHaveCount(2)
  await page.keyboard.press('m')
  await expect(page.getByRole('menu', { name: 'Move to' })).toBeVisible()
  await page.keyboard.press(second[0])
  await page.keyboard.press('Enter')
  await expect.poll(() => counts(page)).toEqual({ [first]: 4, [second]: 5 })

  await grid(page, first).focus()
  await page.keyboard.press('Control+z')
  await expect.poll(() => counts(page)).toEqual({ [first]: 6, [second]: 3 })
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await expect.poll(() => counts(page)).toEqual({ [first]: 0, [second]: 3 })
  await expect(page.getByRole('button', { name: 'Undo: delete 6 photos' })).toBeVisible()
  // Nothing of the grid is left to have the focus, which goes to the undo button.
  await expect(page.getByRole('button', { name: 'Undo: delete 6 photos' })).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect.poll(() => counts(page)).toEqual({ [first]: 6, [second]: 3 })
  await page.keyboard.press('Control+Shift+z')
  await expect.poll(() => counts(page)).toEqual({ [first]: 0, [second]: 3 })
  await page.keyboard.press('Control+z')
  await page.getByRole('button', { name: 'Undo: add 3 photos' }).click()
  await page.getByRole('button', { name: 'Undo: add 6 photos' }).click()
  expect(await counts(page)).toEqual({})
})

test('a label renamed to the name of another asks, and merges', async ({ page }) => {
  await add(page, first, files(first, 2))
  await add(page, second, files(second, 3))
  const rename = async (): Promise<void> => {
    await page.getByLabel(`Name of label ${second}`).fill(first)
    await page.keyboard.press('Enter')
  }
  await rename()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText(`Put the 3 photos of “${second}” into it?`)
  await question.getByRole('button', { name: 'Keep both' }).click()
  expect(await counts(page)).toEqual({ [first]: 2, [second]: 3 })
  await rename()
  await question.getByRole('button', { name: 'Merge them' }).click()
  await expect(card(page, second)).toHaveCount(0)
  expect(await counts(page)).toEqual({ [first]: 5 })
  await page.getByRole('button', { name: `Undo: merge ${second} into ${first}` }).click()
  expect(await counts(page)).toEqual({ [first]: 2, [second]: 3 })
})

test('labels are put in order, and photos dragged, in the photo room', async ({ page }) => {
  await add(page, first, files(first, 4))
  await add(page, second, files(second, 2))
  await page.getByRole('button', { name: 'Sort side by side' }).click()
  const room = page.getByRole('dialog', { name: 'Photo room' })
  await grid(page, first).getByRole('option').nth(0).click()
  await grid(page, first)
    .getByRole('option')
    .nth(2)
    .click({ modifiers: ['Control'] })
  await grid(page, first).getByRole('option').nth(2).dragTo(card(page, second))
  await expect.poll(() => counts(page)).toEqual({ [first]: 2, [second]: 4 })

  await room.getByRole('button', { name: `More for ${second}` }).click()
  await page.getByRole('menuitem', { name: 'Move up' }).click()
  expect(Object.keys(await counts(page))).toEqual([second, first])
  await card(page, first)
    .getByTitle(/^Drag to another place/)
    .dragTo(card(page, second))
  await expect.poll(async () => Object.keys(await counts(page))).toEqual([first, second])

  await page.keyboard.press('Control+z')
  await expect.poll(async () => Object.keys(await counts(page))).toEqual([second, first])
  await room.getByRole('button', { name: 'Close the photo room' }).click()
  await expect(room).toHaveCount(0)
  await expect(card(page, second)).toContainText('4 photos')
})

test('a deleted label comes back by the key, though there is a cut that could be undone', async ({ page }) => {
  await add(page, first, files(first, 3))
  await page.getByRole('button', { name: 'Take the suggested cut' }).click()
  await page.getByRole('button', { name: `More for ${first}` }).click()
  await page.getByRole('menuitem', { name: 'Delete label' }).click()
  await expect(page.getByRole('button', { name: `Undo: delete label ${first}` })).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect.poll(() => counts(page)).toEqual({ [first]: 3 })
})

test('axe finds no serious problem in the photo room, its menus, and with photos selected', async ({ page }) => {
  await add(page, first, files(first, 6))
  await add(page, second, files(second, 3))
  await page.getByRole('button', { name: 'Sort side by side' }).click()
  await grid(page, first).press('Control+a')
  expect(await seriousProblems(page)).toEqual([])
  await page.getByRole('button', { name: `More for ${second}` }).click()
  expect(await seriousProblems(page)).toEqual([])
})

test('photos are pinned to a part, and dealt again', async ({ page }) => {
  await add(page, first, files(first, 10))
  const parts = async () => (await page.evaluate(() => window.cutpoint.labels()))[0].parts
  expect(await parts()).toEqual({ train: 8, validation: 0, test: 2 })
  await grid(page, first).press('Control+a')
  const bar = page.getByRole('toolbar', { name: 'Selected photos' })
  await expect(bar).toContainText('10 selected')
  await bar.getByRole('button', { name: 'Part' }).click()
  await page.getByRole('menuitem', { name: 'Always hold out: validation' }).click()
  expect(await parts()).toEqual({ train: 0, validation: 10, test: 0 })
  await bar.getByRole('button', { name: 'Part' }).click()
  await page.getByRole('menuitem', { name: 'Automatic' }).click()
  expect(await parts()).toEqual({ train: 8, validation: 0, test: 2 })
})

test('a picture is pasted to the label in focus', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await add(page, first, files(first, 1))
  await add(page, second, files(second, 1))
  await grid(page, first).focus()
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(40, 30)
    canvas.getContext('2d')?.fillRect(5, 5, 20, 10)
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': await canvas.convertToBlob() })])
  })
  await page.keyboard.press('Control+v')
  await expect.poll(() => counts(page)).toEqual({ [first]: 2, [second]: 1 })
  await expect(page.getByRole('option', { name: /^Pasted picture 1/ })).toBeVisible()
})

test('a CSV says the labels; rows and files without each other are told', async ({ page }, info) => {
  const folder = info.outputPath('set', 'images')
  mkdirSync(folder, { recursive: true })
  const [a, b, c] = files(first, 3)
  for (const [name, from] of [
    ['1.webp', a],
    ['2.webp', b],
    ['3.webp', c],
  ] as const) {
    cpSync(join(samplesFolder, from), join(folder, name))
  }
  writeFileSync(info.outputPath('set', 'labels.csv'), 'file;label\n1.webp;red\nimages/2.webp;green\n9.webp;red\n')
  await dropPaths(page, page.getByTestId('photo-drop'), [info.outputPath('set')])
  await expect.poll(() => counts(page)).toEqual({ red: 1, green: 1 })
  const messages = page.getByLabel('Messages')
  await expect(messages).toContainText('2 files were not taken in, 2 were.')
  await expect(messages).toContainText('Row 4: “9.webp” is not among the files.')
  await expect(messages).toContainText('It has no row in set/labels.csv.')
})

test('copies and near duplicates are pointed out, and can be selected', async ({ page }) => {
  await add(page, first, files(first, 5))
  await add(page, second, files(second, 5))
  await add(page, second, [files(first, 1)[0], files(second, 2)[1]])
  // The same picture at another size is another file that looks alike.
  await page.evaluate(
    async ({ label, url }) => {
      const bitmap = await createImageBitmap(await (await fetch(url)).blob(), { resizeWidth: 150, resizeHeight: 150 })
      const canvas = new OffscreenCanvas(150, 150)
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
      await window.cutpoint.addImages(label, [await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.7 })])
    },
    { label: second, url: `samples/${files(second, 4)[3]}` },
  )
  await expect(card(page, first).getByRole('button', { name: `1 also in ${second}` })).toBeVisible()
  await expect(card(page, second).getByRole('button', { name: `1 also in ${first}` })).toBeVisible()
  await card(page, second).getByRole('button', { name: '1 copy' }).click()
  await expect(selected(page)).toHaveCount(1)
  await card(page, second).getByRole('button', { name: '1 near duplicate' }).click()
  await expect(selected(page)).toHaveAccessibleName(/^image 1/)
  await grid(page, second).press('Delete')
  await expect(card(page, second).getByRole('button', { name: /near duplicate/ })).toHaveCount(0)
})

test('photos are shown as they come in, and are one step to take back', async ({ page }) => {
  const seen = await page.evaluate(
    async ({ label, urls }) => {
      const found: number[] = []
      const stop = window.cutpoint.on('images', (detail) => found.push((detail as { images: number }[])[0].images))
      await window.cutpoint.addImages(label, urls)
      stop()
      return found
    },
    { label: first, urls: files(first, 40).map((name) => `samples/${name}`) },
  )
  expect(seen).toEqual([16, 32, 40])
  await page.getByRole('button', { name: 'Undo: add 40 photos' }).click()
  expect(await counts(page)).toEqual({})
})

test('of a thousand photos, only those on screen are on the page', async ({ page }) => {
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(24, 24)
    const context = canvas.getContext('2d')
    const pictures: Blob[] = []
    for (let number = 0; number < 1000; number++) {
      if (context) context.fillStyle = `hsl(${number * 7} 80% ${20 + (number % 60)}%)`
      context?.fillRect(number % 12, number % 7, 12, 12)
      pictures.push(await canvas.convertToBlob())
    }
    await window.cutpoint.addImages('many', pictures)
  })
  await expect(card(page, 'many')).toContainText('1000 photos')
  const options = grid(page, 'many').getByRole('option')
  const images = grid(page, 'many').locator('img')
  let most = 0
  for (const share of [0.2, 0.5, 0.8, 1]) {
    await grid(page, 'many').evaluate((box, at) => (box.scrollTop = box.scrollHeight * at), share)
    const wanted = Math.round(1000 * share)
    await expect(grid(page, 'many').locator(`[aria-posinset="${wanted}"] img`)).toBeVisible()
    await expect.poll(() => images.count()).toBe(await options.count())
    most = Math.max(most, await images.count())
  }
  expect(most).toBeLessThan(80)
  await grid(page, 'many').press('Home')
  await expect(grid(page, 'many').locator('[aria-posinset="1"] img')).toBeVisible()
  await expect(grid(page, 'many')).toHaveAttribute('aria-activedescendant', /^photo-cell-/)
})
