import { expect, test, type Page } from '@playwright/test'
import { sampleIndex } from './support/data'
import { dropPaths } from './support/drop'
import { probabilities, sampleUrl } from './support/heads'
import { pickSmallNetwork } from './support/network'
import { openPage } from './support/page'

/** The small network, cut where it suggests, with twelve sample photos for each of three labels. */
async function openWithPhotos(page: Page): Promise<string> {
  await openPage(page)
  await pickSmallNetwork(page)
  const { images, tryOut } = sampleIndex()
  const sets = [...new Set(images.map(({ label }) => label))].slice(0, 3).map((label) => ({
    label,
    urls: images
      .filter((image) => image.label === label)
      .slice(0, 12)
      .map(({ file }) => sampleUrl(file)),
  }))
  await page.evaluate(async (photos) => {
    const { cutpoint } = window
    await cutpoint.setBackend('wasm')
    const last = (await cutpoint.tensors()).findLast((tensor) => tensor.canCut && tensor.shape?.length === 4)
    await cutpoint.cut(last?.name ?? '')
    await cutpoint.setPreprocessing({ range: 'minus1to1' })
    for (const { label, urls } of photos) await cutpoint.addImages(label, urls)
  }, sets)
  return tryOut[0].file
}

const recipes = [
  { name: 'the head first, then the last layers', option: 'Hybrid: the head, then the last layers too' },
  { name: 'head and last layers at once', option: 'Fine-tune: head and last layers at once' },
]

for (const { name, option } of recipes) {
  test(`${name}, by clicks: they learn, are exported, and opened again give the same probabilities`, async ({
    page,
  }, info) => {
    const unseen = await openWithPhotos(page)
    const train = page.locator('section[data-station=train]')
    await train.getByText('Settings', { exact: true }).click()
    await train.getByLabel('What learns').selectOption(option)
    // Of this network there are no three.
    await expect(train.getByText(/^the last 2 layers, \d+ numbers/)).toBeVisible()
    await expect(train.getByRole('list', { name: 'What is trained, in this order' })).toContainText(
      'Head and the last 2 layers together: Adam, rate 0.00003, up to 20 rounds.',
    )
    const slider = train.getByRole('slider', { name: 'Last layers of the network' })
    const line = page.locator('[data-cut-line][data-trains=true]')
    await expect(line).toHaveText('Trained from here down')
    await expect(line).toHaveAttribute('data-cut-line', 'images:0')
    await slider.press('ArrowLeft')
    await expect(line).not.toHaveAttribute('data-cut-line', 'images:0')
    await expect(train.getByText(/^the last layer, \d+ numbers/)).toBeVisible()
    await slider.press('ArrowRight')
    await expect(slider).toHaveAttribute('aria-valuetext', /the last 2 layers/)
    await train.getByLabel('Photos set aside to know when to stop').selectOption('One in five')
    await train.getByLabel('Learning rate of the last layers').selectOption('0.001')
    await train.getByLabel('Rounds of the last layers at most').selectOption('50')
    await expect(train.getByRole('switch', { name: 'Train by itself' })).toHaveCount(0)
    await train.getByRole('button', { name: 'Train the head' }).click()
    await expect(train.getByTestId('report')).toContainText('Training the last 2 layers of the network', {
      timeout: 60_000,
    })
    await expect(train.getByRole('switch', { name: 'Train by itself' })).toBeDisabled()
    const tail = await page.evaluate(async () => (await window.cutpoint.train()).tail)
    console.log(JSON.stringify(tail))
    expect(tail?.kept).toBe(true)
    expect(tail?.after.loss).toBeLessThan(tail?.before.loss ?? 0)

    const before = await probabilities(page, unseen)
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: /^Export/ }).click()
    const zip = info.outputPath('cutpoint-model.zip')
    await (await saving).saveAs(zip)
    await dropPaths(page, page.getByRole('region', { name: 'Graph', exact: true }), [zip])
    await expect(page.getByRole('banner').getByTitle('cutpoint-model')).toBeVisible({ timeout: 60_000 })
    const after = await probabilities(page, unseen)
    expect(Object.keys(after)).toHaveLength(3)
    for (const [label, probability] of Object.entries(before)) {
      expect(Math.abs(after[label] - probability)).toBeLessThanOrEqual(1e-5)
    }
  })
}

test('the last layers learn from mixed photos, shared by threads, as chosen by clicks', async ({ page }) => {
  await openWithPhotos(page)
  const train = page.locator('section[data-station=train]')
  await train.getByText('Settings', { exact: true }).click()
  await train.getByLabel('What learns').selectOption('Fine-tune: head and last layers at once')
  await train.getByLabel('Learning rate of the last layers').selectOption('0.001')
  await train.getByLabel('Rounds of the last layers at most').selectOption('5')
  await train.getByText('More', { exact: true }).click()
  const trained = () =>
    page.evaluate(async () => {
      const { tail, history } = await window.cutpoint.train({})
      return { losses: history.map(({ loss }) => loss), after: tail?.after.loss ?? null }
    })
  const plain = await trained()
  await train
    .getByLabel('Mixed photos for the last layers')
    .selectOption({ label: 'a part of one photo’s map in the other’s (cutmix)' })
  await train.getByLabel('How much is mixed there').selectOption('1')
  const mixed = await trained()
  expect(mixed.after).not.toBe(plain.after)
  expect(await trained()).toEqual(mixed)
})
