import { expect, test, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sampleIndex, samplesFolder } from './support/data'
import { openPage } from './support/page'

/** The sample model, cut where it suggests, and a few photos of two labels: four to train on and two held out of each. */
async function openWithPhotos(page: Page): Promise<void> {
  await openPage(page)
  const { labels, images } = sampleIndex()
  const urls = (label: string): string[] =>
    images
      .filter((image) => image.label === label)
      .slice(0, 6)
      .map(({ file }) => `data:image/webp;base64,${readFileSync(join(samplesFolder, file)).toString('base64')}`)
  await page.evaluate(
    async (given) => {
      const { cutpoint } = window
      const { suggestedCut } = await cutpoint.open('models/efficientnet-lite0/model.json')
      await cutpoint.cut(suggestedCut ?? '')
      for (const { label, photos } of given) {
        await cutpoint.addImages(label, photos.slice(0, 4), { part: 'train' })
        await cutpoint.addImages(label, photos.slice(4), { part: 'test' })
      }
    },
    labels.slice(0, 2).map((label) => ({ label, photos: urls(label) })),
  )
}

const train = (page: Page, augment: object) =>
  page.evaluate(async (change) => {
    const off = { variants: 0, flip: false, crop: 0, scale: 0, brightness: 0 }
    const report = await window.cutpoint.train({ augment: { ...off, ...change } })
    const { images, features, evaluated, confusion } = report
    const rows = confusion.matrix.flat().reduce((sum, count) => sum + count, 0)
    return { images, count: features.count, fromCache: features.fromCache, evaluated: evaluated.length, rows }
  }, augment)

test('only photos that are trained on are copied, and only what is new is computed', async ({ page }) => {
  await openWithPhotos(page)
  const counts = { images: { train: 8, validation: 0, test: 4 }, evaluated: 12, rows: 4 }
  expect(await train(page, {})).toEqual({ ...counts, count: 12, fromCache: 0 })
  expect(await train(page, { variants: 2, crop: 0.2 })).toEqual({ ...counts, count: 28, fromCache: 12 })
  // One more copy of each.
  expect(await train(page, { variants: 3, crop: 0.2 })).toEqual({ ...counts, count: 36, fromCache: 28 })
  // Brightness changes all copies; back again they are all remembered.
  expect(await train(page, { variants: 3, crop: 0.2, brightness: 0.2 })).toEqual({
    ...counts,
    count: 36,
    fromCache: 12,
  })
  expect(await train(page, { variants: 3, crop: 0.2 })).toEqual({ ...counts, count: 36, fromCache: 36 })
  // Mirrored only, there is one copy that differs.
  expect(await train(page, { variants: 3, flip: true })).toEqual({ ...counts, count: 20, fromCache: 12 })
})

test('examples of changed copies follow the sliders', async ({ page }) => {
  await openWithPhotos(page)
  await page.getByText('Changed copies: none').click()
  const examples = page.getByRole('region', { name: 'Examples' })
  await expect(examples.locator('img')).toHaveCount(1)

  await page.getByLabel('Mirror every other copy').check()
  await expect(examples.locator('img')).toHaveCount(2)
  await expect(page.getByText('Changed copies: 3 of each photo trained on')).toBeVisible()
  const [photo, mirrored] = await pixels(page)
  expect(differences(mirrorRows(photo), mirrored)).toBe(0)

  await page.getByLabel('Lighter or darker').focus()
  for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowRight')
  await expect(page.getByText('by up to 20 %')).toBeVisible()
  await expect(examples.locator('img')).toHaveCount(5)
  await page.getByLabel('Copies of each photo').fill('6')
  await expect(examples.locator('img')).toHaveCount(7)
})

test('copies are turned, coloured and erased as the sliders say, and seen by the network so', async ({ page }) => {
  await openWithPhotos(page)
  await page.getByText('Changed copies: none').click()
  const examples = page.getByRole('region', { name: 'Examples' })
  await page.getByText('More changes').click()
  await expect(examples.locator('img')).toHaveCount(1)
  for (const [name, steps, says] of [
    ['Turned', 3, 'by up to 15° either way'],
    ['Other hues', 2, 'up to 10 % round the circle of colours'],
    ['Paler or stronger colours', 8, 'by up to 40 %'],
    ['Covered by noise', 4, 'up to 20 % of the picture'],
  ] as const) {
    const before = await digests(page)
    await page.getByLabel(name).focus()
    for (let step = 0; step < steps; step++) await page.keyboard.press('ArrowRight')
    await expect(page.getByText(says)).toBeVisible()
    // Each changes all copies, and never the photo.
    await expect(examples.locator('img')).toHaveCount(5)
    const same = async () => {
      const now = await digests(page)
      return now.map((digest, copy) => digest === before[copy])
    }
    await expect.poll(same).toEqual([true, false, false, false, false])
  }
  const changes = { rotation: 15, hue: 0.1, saturation: 0.4, erase: 0.2 }
  expect(await page.evaluate(() => window.cutpoint.train({}).then(({ features }) => features))).toMatchObject({
    count: 36,
    fromCache: 0,
  })
  // What is left out of what scripts ask is off.
  expect(await train(page, { variants: 3, ...changes })).toMatchObject({ count: 36, fromCache: 36 })
  expect(await train(page, { variants: 3 })).toMatchObject({ count: 12, fromCache: 12 })
})

test('one switch makes copies of the usual kind, and none', async ({ page }) => {
  await openWithPhotos(page)
  await page.getByText('Changed copies: none').click()
  const examples = page.getByRole('region', { name: 'Examples' })
  await page.getByLabel('Train on changed copies, too').check()
  await expect(page.getByText('Changed copies: 3 of each photo trained on')).toBeVisible()
  await expect(examples.locator('img')).toHaveCount(5)
  await expect(page.getByLabel('Mirror every other copy')).not.toBeChecked()
  await page.getByLabel('Train on changed copies, too').uncheck()
  await expect(page.getByText('Changed copies: none')).toBeVisible()
  await expect(page.getByText('up to 10 % of each side')).toBeVisible()
  await page.getByLabel('Train on changed copies, too').check()
  await expect(page.getByText('Changed copies: 3 of each photo trained on')).toBeVisible()
})

test('photos of a step are mixed with one another, by shares or by parts of maps', async ({ page }) => {
  await openWithPhotos(page)
  const settings = page.locator('section[data-station=train]')
  await settings.getByText('Settings', { exact: true }).click()
  await settings.getByRole('radio', { name: /Hidden layers/ }).check()
  await settings.getByLabel('Rounds at most').selectOption('10')
  await settings.getByText('More', { exact: true }).click()
  const mix = settings.getByLabel('Mixed photos')
  // There is nothing to cut out of what is averaged.
  await expect(mix.locator('option')).toHaveCount(2)
  const firstLoss = async () => {
    const report = await page.evaluate(() => window.cutpoint.train({}))
    return report.history[0].loss
  }
  const plain = await firstLoss()
  await mix.selectOption({ label: 'all values of two photos, by shares (mixup)' })
  await settings.getByLabel('How much is mixed').selectOption('1')
  expect(await firstLoss()).not.toBe(plain)

  await page.evaluate(() =>
    window.cutpoint.cut('efficientnet-lite0/blocks_15/project_batch_normalization/FusedBatchNormV3:0'),
  )
  await settings.getByLabel('What it takes of a map').selectOption('the values of all places (flatten)')
  await mix.selectOption({ label: 'a part of one photo’s map in the other’s (cutmix)' })
  expect(await firstLoss()).toBeGreaterThan(0)
  await settings.getByLabel('What it takes of a map').selectOption('the average over all places')
  await expect(mix).toHaveValue('"none"')
})

test('the strip shows photos of every label as they go in, and their numbers', async ({ page }) => {
  await openWithPhotos(page)
  const [first, second] = sampleIndex().labels
  await page.getByText(/^The network sees 224 × 224/).click()
  const strip = page.getByLabel('What the network sees')
  await expect(strip.getByRole('button', { name: first })).toHaveAttribute('aria-pressed', 'true')
  await strip.getByRole('button', { name: second }).focus()
  await expect(strip.locator('strong')).toHaveText(second)
  await expect(strip.getByText(/Its numbers go from −\d\.\d\d to \d\.\d\d; on average/)).toBeVisible()

  await page.getByLabel('Values').selectOption('0 to 255 (as stored)')
  await expect(strip.getByText(/Its numbers go from \d+(\.\d\d)? to 2\d\d; on average \d+/)).toBeVisible()
  const names = () =>
    strip.locator('li button').evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('aria-label')))
  const before = await names()
  await strip.getByRole('button', { name: 'Other photos' }).click()
  await expect.poll(async () => (await names()).filter((name) => before.includes(name))).toEqual([])
})

/** The pixels of the examples that are shown, red, green, blue and alpha. */
function pixels(page: Page): Promise<number[][]> {
  return page.getByTestId('changed-copies').evaluate(async (section) => {
    const read = async (image: HTMLImageElement): Promise<number[]> => {
      await image.decode()
      const { naturalWidth: width, naturalHeight: height } = image
      const context = new OffscreenCanvas(width, height).getContext('2d')
      if (!context) throw new Error('no canvas')
      context.drawImage(image, 0, 0)
      return [...context.getImageData(0, 0, width, height).data]
    }
    return Promise.all([...section.querySelectorAll('img')].map(read))
  })
}

/** Of the pixels of each example, since reading all of them takes long on a busy machine. */
function digests(page: Page): Promise<string[]> {
  return page.getByTestId('changed-copies').evaluate(async (section) => {
    const read = async (image: HTMLImageElement): Promise<string> => {
      const bytes = await (await fetch(image.src)).arrayBuffer()
      return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).join()
    }
    return Promise.all([...section.querySelectorAll('img')].map(read))
  })
}

/** A square picture turned left to right. */
function mirrorRows(picture: readonly number[]): number[] {
  const side = Math.sqrt(picture.length / 4)
  const turned = new Array<number>(picture.length)
  for (let at = 0; at < picture.length; at++) {
    const channel = at % 4
    const x = Math.floor(at / 4) % side
    const y = Math.floor(at / 4 / side)
    turned[(y * side + side - 1 - x) * 4 + channel] = picture[at]
  }
  return turned
}

function differences(a: readonly number[], b: readonly number[]): number {
  return a.reduce((count, value, at) => count + (value === b[at] ? 0 : 1), Math.abs(a.length - b.length))
}
