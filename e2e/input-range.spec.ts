import { expect, test, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dropPaths } from './support/drop'
import { filesIn, hasShared, noShared, sampleIndex, sampleModelFolder, shared } from './support/data'
import { untilOpen } from './support/network'
import { openPage } from './support/page'

const frozen = join(shared, 'models/mobilenet_v1_0.25_128/frozen_graph.pb')
const clothes = join(shared, 'images/clothing/train')

/** Some of the built-in pictures, as addresses. */
function samplePictures(count: number): string[] {
  return sampleIndex()
    .images.slice(0, count)
    .map(({ file }) => `samples/${file}`)
}

/** The built-in model without what its file says of pictures and without names that tell its family. */
async function openNameless(page: Page): Promise<void> {
  const names = ['model.json', 'group1-shard1of3.bin', 'group1-shard2of3.bin', 'group1-shard3of3.bin']
  const files = names.map((name) => {
    const bytes = readFileSync(join(sampleModelFolder, name))
    if (name !== 'model.json') return { name, base64: bytes.toString('base64') }
    const model = JSON.parse(bytes.toString()) as Record<string, unknown>
    delete model.userDefinedMetadata
    const text = JSON.stringify(model).replaceAll('efficientnet-lite0/', 'net/')
    return { name, base64: Buffer.from(text).toString('base64') }
  })
  await page.evaluate(async (made) => {
    const opened = made.map(({ name, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      return new File([bytes], name)
    })
    await window.cutpoint.open(opened)
  }, files)
}

test('nobody says what numbers it wants: the photos tell', async ({ page }) => {
  await openPage(page)
  await page.evaluate(() => window.cutpoint.setBackend('wasm'))
  await openNameless(page)
  await expect(page.getByText('The files do not say which numbers this network wants.')).toBeVisible()
  const before = await page.evaluate(() => window.cutpoint.preprocessing())
  expect(before.how).toBe('assumed: the files do not say')
  await page.evaluate((urls) => window.cutpoint.addImages('things', urls), samplePictures(16))
  const after = await page.evaluate(() => window.cutpoint.preprocessing())
  expect(after).toMatchObject({ range: 'minus1to1', order: 'rgb', how: 'as measured on your photos' })
  await expect(page.getByText('The files do not say which numbers this network wants.')).toBeHidden()
  await page.getByText('The network sees 224 × 224, as measured on your photos').click()
  const table = page.getByRole('table', { name: 'Measured on your photos' })
  await expect(table.getByRole('row').nth(1)).toContainText('−1 to 1')
  await expect(page.getByText(/−1 to 1 fits [\d.]+ times better than 0 to 1/)).toBeVisible()
})

test('a choice by hand stays', async ({ page }) => {
  await openPage(page)
  await page.evaluate(() => window.cutpoint.setBackend('wasm'))
  await openNameless(page)
  await page.evaluate(() => window.cutpoint.setPreprocessing({ range: '0to1' }))
  await page.evaluate((urls) => window.cutpoint.addImages('things', urls), samplePictures(16))
  const { range, how } = await page.evaluate(() => window.cutpoint.preprocessing())
  expect([range, how]).toEqual(['0to1', 'set by hand'])
})

test('the frozen graph: −1 to 1, by its family and by real photos', async ({ page }) => {
  test.skip(!hasShared, noShared)
  await openPage(page)
  await page.evaluate(() => window.cutpoint.setBackend('wasm'))
  await page.locator('input[type=file][multiple]').first().setInputFiles(frozen)
  await untilOpen(page)
  const family = await page.evaluate(() => window.cutpoint.preprocessing())
  expect(family).toMatchObject({ width: 128, range: 'minus1to1', how: 'as MobileNet networks are trained' })
  const folders = filesIn(clothes).slice(0, 3)
  await dropPaths(page, page.getByTestId('photo-drop'), folders)
  await expect
    .poll(async () => (await page.evaluate(() => window.cutpoint.photos())).length)
    .toBe(folders.flatMap(filesIn).length)
  const measured = await page.evaluate(() => window.cutpoint.preprocessing())
  expect(measured).toMatchObject({ range: 'minus1to1', order: 'rgb', how: 'as measured on your photos' })
  await page.getByText('The network sees 128 × 128, as measured on your photos').click()
  const rows = await page.getByRole('table', { name: 'Measured on your photos' }).getByRole('row').allInnerTexts()
  console.log(rows.join(' | ').replace(/\t/g, ' '))
  expect(rows[1]).toContain('−1 to 1')
})
