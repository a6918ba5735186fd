import { expect, test, type Locator, type Page } from '@playwright/test'
import { resolve } from 'node:path'
import { sampleIndex } from './support/data'
import { dropPaths } from './support/drop'
import { probabilities, sampleUrl } from './support/heads'
import { openSmallNetwork } from './support/network'
import { openPage } from './support/page'

const models = resolve('src/compute/own/fixtures')

/** The small network, cut at its map of [4, 4, 8], with twelve sample photos for each of three labels; a photo that is none of them. */
async function openWithPhotos(page: Page): Promise<string> {
  await openPage(page)
  await openSmallNetwork(page)
  const { images, tryOut } = sampleIndex()
  const sets = [...new Set(images.map(({ label }) => label))].slice(0, 3).map((label) => ({
    label,
    urls: images
      .filter((image) => image.label === label)
      .slice(0, 12)
      .map(({ file }) => sampleUrl(file)),
  }))
  await page.evaluate(async (photos) => {
    for (const { label, urls } of photos) await window.cutpoint.addImages(label, urls)
  }, sets)
  return tryOut[0].file
}

async function chooseOwn(page: Page): Promise<{ readonly train: Locator; readonly field: Locator }> {
  const train = page.locator('section[data-station=train]')
  await train.getByText('Settings', { exact: true }).click()
  await train.getByRole('radio', { name: /^Your own network/ }).check()
  return { train, field: train.getByRole('region', { name: 'The network' }) }
}

/** Exports what was trained, opens it in place of the network, and expects the same probabilities of a photo. */
async function expectSameAgain(page: Page, photo: string, zip: string): Promise<void> {
  const before = await probabilities(page, photo)
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: /^Export/ }).click()
  await (await saving).saveAs(zip)
  await dropPaths(page, page.getByRole('region', { name: 'Graph', exact: true }), [zip])
  await expect(page.getByRole('banner').getByTitle('cutpoint-model')).toBeVisible({ timeout: 60_000 })
  const after = await probabilities(page, photo)
  expect(Object.keys(after)).toHaveLength(3)
  for (const [label, probability] of Object.entries(before)) {
    expect(Math.abs(after[label] - probability)).toBeLessThanOrEqual(1e-5)
  }
}

test('a Keras model for the map is dropped, learns, and is exported with the trunk, by clicks', async ({
  page,
}, info) => {
  const unseen = await openWithPhotos(page)
  const { train, field } = await chooseOwn(page)
  await expect(field).toContainText('a network fits that takes [8] or [4, 4, 8] or [128]')
  await dropPaths(page, field, [`${models}/map.h5`])
  await expect(field).toContainText('takes[4, 4, 8]gives3 numbers', { timeout: 30_000 })
  await expect(field).toContainText('It does not end in a softmax')
  await train.getByLabel('Photos set aside to know when to stop').selectOption('One in five')
  await train.getByText('More', { exact: true }).first().click()
  await train.getByLabel('Learning rate', { exact: true }).selectOption('0.01')
  await train.getByRole('button', { name: 'Train the head' }).click()
  await expect(train.getByTestId('report')).toBeVisible({ timeout: 60_000 })
  const history = await page.evaluate(async () => (await window.cutpoint.train()).history)
  const losses = history.map(({ validationLoss }) => validationLoss ?? NaN)
  console.log(`validation loss ${losses[0].toFixed(3)} → ${Math.min(...losses).toFixed(3)} in ${losses.length} rounds`)
  expect(Math.min(...losses)).toBeLessThan(losses[0])
  await expectSameAgain(page, unseen, info.outputPath('cutpoint-model.zip'))
})

test('a model with other outputs gets a new last layer, and trains by script', async ({ page }, info) => {
  const unseen = await openWithPhotos(page)
  const { train, field } = await chooseOwn(page)
  await dropPaths(page, field, [`${models}/wide.keras`])
  await expect(field).toContainText('Its last layer gives 5 numbers, and you have 3 labels.', { timeout: 30_000 })
  await train.getByRole('button', { name: 'Train the head' }).click()
  await expect(page.getByText(/The last layer of “wide” gives 5 numbers/)).toBeVisible({ timeout: 30_000 })
  await field.getByRole('button', { name: 'Put a new last layer in its place' }).click()
  await expect(train.getByLabel('Its last layer')).toHaveValue('"new"')
  await train.getByRole('button', { name: 'Train the head' }).click()
  await expect(train.getByTestId('report')).toBeVisible({ timeout: 60_000 })
  const report = await page.evaluate(() => window.cutpoint.train({ seed: 2 }))
  expect(report.history.length).toBeGreaterThan(0)
  await expectSameAgain(page, unseen, info.outputPath('cutpoint-model.zip'))
})

test('what is no head is refused in its place', async ({ page }) => {
  await openWithPhotos(page)
  const { field } = await chooseOwn(page)
  await dropPaths(page, field, [resolve('package.json')])
  await expect(field.getByRole('alert')).toBeVisible({ timeout: 30_000 })
  await dropPaths(page, field, [`${models}/vector.keras`])
  await expect(field).toContainText('takes[8]gives3 numbers', { timeout: 30_000 })
  await expect(field.getByRole('alert')).toHaveCount(0)
  await field.getByRole('button', { name: 'Take it away' }).click()
  await expect(field).not.toContainText('vector')
})
