import { expect, test, type Page } from '@playwright/test'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { sampleIndex, samplesFolder } from './support/data'
import { dropPaths } from './support/drop'
import { openPage } from './support/page'

const index = sampleIndex()
const pictures = (label: string, count: number): string[] =>
  index.images
    .filter((image) => image.label === label)
    .slice(0, count)
    .map(({ file }) => join(samplesFolder, file))
const card = (page: Page, label: string) => page.getByRole('article', { name: `Label ${label}`, exact: true })

test.beforeEach(async ({ page }) => {
  await openPage(page, './#model=models/efficientnet-lite0/model.json')
  await expect(page.getByTestId('photo-drop')).toBeVisible({ timeout: 30_000 })
})

test('labels are made, filled by dropping, renamed, and deleted with their photos', async ({ page }) => {
  const [first, second] = index.labels
  await page.getByLabel('Name of a new label').fill('  my   label ')
  await page.getByRole('button', { name: 'Add label' }).click()
  await expect(card(page, 'my label')).toContainText('0 photos')
  await dropPaths(page, card(page, 'my label'), pictures(first, 3))
  await expect(card(page, 'my label')).toContainText('3 photos')

  await page.getByLabel('Name of label my label').fill('renamed')
  await page.keyboard.press('Enter')
  await expect(card(page, 'renamed').locator('img')).toHaveCount(3)

  await page.getByLabel('Name of a new label').fill('renamed')
  await page.getByRole('button', { name: 'Add label' }).click()
  await expect(page.locator('[data-code="bad-name"]')).toBeVisible()
  await page.getByRole('button', { name: 'Put away' }).click()

  await page.getByLabel('Name of a new label').fill(second)
  await page.getByRole('button', { name: 'Add label' }).click()
  await card(page, 'renamed').getByRole('option').first().click()
  await page.keyboard.press('Delete')
  await expect(card(page, 'renamed').locator('img')).toHaveCount(2)

  await page.getByRole('button', { name: 'More for renamed' }).click()
  await page.getByRole('menuitem', { name: 'Delete label' }).click()
  await expect(card(page, 'renamed')).toHaveCount(0)
  expect(await page.evaluate(() => window.cutpoint.labels())).toEqual([
    { label: second, images: 0, parts: { train: 0, validation: 0, test: 0 } },
  ])
})

test('what is no picture is rejected by name with its reason, and the rest comes in', async ({ page }, info) => {
  const folder = info.outputPath('mixed', 'animals')
  mkdirSync(folder, { recursive: true })
  for (const file of pictures(index.labels[0], 6)) cpSync(file, join(folder, basename(file)))
  writeFileSync(join(folder, 'broken.jpg'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]))
  writeFileSync(join(folder, 'notes.jpg'), 'not a picture at all')
  await dropPaths(page, page.getByTestId('photo-drop'), [folder])
  await expect(card(page, 'animals')).toContainText('6 photos')
  const notice = page
    .getByLabel('Messages')
    .getByRole('article')
    .or(page.getByLabel('Messages').locator('article'))
    .first()
  await expect(notice).toContainText('2 files were not taken in')
  await expect(notice).toContainText('broken.jpg')
  await expect(notice).toContainText('notes.jpg')
})

test('the same photo twice stays on one side of the split', async ({ page }) => {
  const [label] = index.labels
  const urls = pictures(label, 10).map((file) => `samples/${file.slice(samplesFolder.length + 1)}`)
  const { labels, twice } = await page.evaluate(
    async ({ name, images }) => {
      await window.cutpoint.addImages(name, images)
      const once = await window.cutpoint.labels()
      await window.cutpoint.addImages(name, images)
      return { labels: once, twice: await window.cutpoint.labels() }
    },
    { name: label, images: urls },
  )
  expect(labels[0].images).toBe(10)
  expect(labels[0].parts.test).toBe(2)
  // Each copy goes where its original is: the parts double, nothing else.
  expect(twice[0].parts).toEqual({ train: 2 * labels[0].parts.train, validation: 0, test: 4 })
})

test('training can be cancelled, and what was computed by then is kept', async ({ page }) => {
  const sets = index.labels.slice(0, 2).map((label) => ({
    label,
    urls: index.images.filter((image) => image.label === label).map(({ file }) => `samples/${file}`),
  }))
  const { code, again, count } = await page.evaluate(async (all) => {
    const { cutpoint } = window
    const [cut] = (await cutpoint.tensors()).filter((tensor) => tensor.name.endsWith('Mean:0'))
    await cutpoint.cut(cut.name)
    for (const { label, urls } of all) await cutpoint.addImages(label, urls)
    const stop = cutpoint.on('progress', (detail) => {
      const { done, what } = detail as { done: number; what: string }
      if (what === 'Looking at the photos' && done >= 16) {
        stop()
        void cutpoint.cancel()
      }
    })
    const refused: unknown = await cutpoint.train().catch((error: unknown) => error)
    const report = await cutpoint.train()
    return { code: (refused as { code: string }).code, again: report.features.fromCache, count: report.features.count }
  }, sets)
  expect(code).toBe('cancelled')
  expect(again).toBeGreaterThanOrEqual(16)
  expect(again).toBeLessThan(count)
})
