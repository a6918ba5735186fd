import { expect, test, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from '../tools/chromium.mjs'
import { softwareWebGpu } from '../playwright.config'
import type * as KerasEntry from './support/keras-run.entry'
import type { KerasRun } from '../src/heads/dense/fit/testing/keras-run'
import { sampleIndex, samplesFolder } from './support/data'
import { buildEntry, openEntry } from './support/entry'
import { openSmallNetwork } from './support/network'
import { openPage } from './support/page'

test.use({
  launchOptions: { executablePath: findChromium() ?? undefined, args: ['--no-sandbox', ...softwareWebGpu] },
})

for (const backend of ['wasm', 'webgpu'] as const) {
  test(`50 Adam steps of hidden layers follow Keras’ loss on ${backend}, with and without all options`, async ({
    page,
  }) => {
    const keras = JSON.parse(readFileSync('src/heads/dense/fit/fixtures/keras.json', 'utf8')) as KerasRun
    await openEntry(page, await buildEntry('keras-run.entry.ts'))
    const plain = { name: 'plain', rule: 'adam' as const, options: {}, losses: keras.losses.adam }
    for (const variant of [plain, ...keras.variants.slice(-1)]) {
      const losses = await page.evaluate(
        async ({ name, run, variant }) => {
          const address = new URL('entry.js', location.href).href
          const { startBackend, followKeras } = (await import(address)) as typeof KerasEntry
          await startBackend(name)
          return followKeras(run, variant)
        },
        { name: backend, run: keras, variant },
      )
      const apart = losses.map((loss, step) => Math.abs(loss - variant.losses[step]))
      console.log(
        `${backend}, ${variant.name}: loss ${losses[0].toFixed(4)} to ${losses[49].toFixed(4)}, at most ${Math.max(...apart).toExponential(1)} from Keras’`,
      )
      expect(losses).toHaveLength(50)
      expect(Math.max(...apart)).toBeLessThanOrEqual(1e-3)
    }
    expect(keras.losses.adam[49]).toBeLessThan(0.01)
  })
}

const station = 'section[data-station=train]'

/** A small network, cut, with `count` sample photos for each of three labels; `part` where they are to be in one. */
async function openWithPhotos(page: Page, count: number, part?: 'train'): Promise<string[]> {
  await openPage(page)
  await openSmallNetwork(page)
  const { images, tryOut } = sampleIndex()
  const asUrl = (file: string): string =>
    `data:image/webp;base64,${readFileSync(join(samplesFolder, file)).toString('base64')}`
  const photos = [...new Set(images.map(({ label }) => label))].slice(0, 3).map((label) => ({
    label,
    urls: images
      .filter((image) => image.label === label)
      .slice(0, count)
      .map(({ file }) => asUrl(file)),
  }))
  await page.evaluate(
    async ({ sets, options }) => {
      const { cutpoint } = window
      for (const { label, urls } of sets) await cutpoint.addImages(label, urls, options)
    },
    { sets: photos, options: part ? { part } : {} },
  )
  return tryOut.map(({ file }) => asUrl(file))
}

const dense = {
  kind: 'dense' as const,
  hidden: [16],
  dropout: 0.2,
  optimizer: 'adam' as const,
  learningRate: 0.003,
  epochs: 15,
  batchSize: 16,
  patience: 0,
}

test('heads of both kinds are kept, compared, chosen and deleted', async ({ page }) => {
  const [unseen] = await openWithPhotos(page, 10)
  const train = page.locator(station)
  await train.getByRole('button', { name: 'Train the head' }).click()
  await expect(train.getByTestId('report')).toBeVisible()
  const linear = await page.evaluate((url) => window.cutpoint.predict(url), unseen)

  await train.getByText('Settings', { exact: true }).click()
  await train.getByRole('radio', { name: /Hidden layers/ }).check()
  await expect(train.getByRole('switch', { name: 'Train by itself' })).toBeDisabled()
  await train.getByLabel('Sizes of the layers').selectOption('256, then 128')
  await train.getByLabel('Rounds at most').selectOption('10')
  await train.getByRole('button', { name: 'Train again' }).click()
  const table = train.getByRole('table').filter({ hasText: 'Size' })
  await expect(table.getByRole('radio', { name: 'Use Hidden 256 · 128' })).toBeChecked()
  const hidden = await page.evaluate((url) => window.cutpoint.predict(url), unseen)
  expect(hidden).not.toEqual(linear)

  // Back to the first: it says what it said, and so do the settings.
  await table.getByRole('radio', { name: 'Use Linear, λ 0.03' }).click()
  await expect(table.getByRole('radio', { name: 'Use Linear, λ 0.03' })).toBeChecked()
  await expect(train.getByRole('switch', { name: 'Train by itself' })).toBeEnabled()
  expect(await page.evaluate((url) => window.cutpoint.predict(url), unseen)).toEqual(linear)

  await table.getByRole('button', { name: 'Delete Linear, λ 0.03' }).press('Enter')
  await expect(table).toHaveCount(0)
  await expect(train.getByRole('radio', { name: /^Hidden layers/ })).toBeChecked()
  expect(await page.evaluate((url) => window.cutpoint.predict(url), unseen)).toEqual(hidden)
})

test('hidden layers: the same seed gives the same head, no tensor stays, and cancelling takes under a second', async ({
  page,
}) => {
  const [unseen] = await openWithPhotos(page, 10, 'train')
  const result = await page.evaluate(
    async ({ url, head }) => {
      const { cutpoint } = window
      const histories: number[][] = []
      const progress = cutpoint.on('progress', (detail) => {
        const { history } = detail as { history?: { loss: number }[] }
        histories.at(-1)?.push(...(history ?? []).map(({ loss }) => loss))
      })
      const run = async (seed: number) => {
        histories.push([])
        const report = await cutpoint.train({ head, seed })
        return { report, predictions: await cutpoint.predict(url) }
      }
      const first = await run(1)
      const before = await cutpoint.memory()
      const second = await run(1)
      const after = await cutpoint.memory()
      const other = await run(2)
      progress()
      const long = cutpoint.train({ head: { ...head, hidden: [512], epochs: 10_000 } }).catch((error: unknown) => error)
      await new Promise((resolve) => {
        const stop = cutpoint.on('progress', (detail) => {
          if (((detail as { history?: unknown[] }).history ?? []).length === 0) return
          stop()
          resolve(undefined)
        })
      })
      await cutpoint.cancel()
      const ended = (await long) as { code?: string }
      return {
        first,
        second,
        other,
        histories,
        tensors: [before.tensors, after.tensors, (await cutpoint.memory()).tensors],
        code: ended.code,
      }
    },
    { url: unseen, head: dense },
  )
  expect(result.second.predictions).toEqual(result.first.predictions)
  expect(result.second.report.history).toEqual(result.first.report.history)
  expect(result.other.predictions).not.toEqual(result.first.predictions)
  expect(result.histories[0]).toEqual(result.first.report.history.map(({ loss }) => loss))
  expect(new Set(result.tensors).size).toBe(1)
  expect(result.code).toBe('cancelled')
})

test('a linear head trains again by itself when a photo comes, in its own place', async ({ page }) => {
  const [unseen] = await openWithPhotos(page, 8)
  const train = page.locator(station)
  await train.getByRole('button', { name: 'Train the head' }).click()
  await expect(train.getByTestId('report')).toBeVisible()
  const retrained = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const stop = window.cutpoint.on('trained', (report) => {
          stop()
          resolve((report as { features: { count: number } }).features.count)
        })
      }),
  )
  const add = (url: string) => window.cutpoint.addImages('new', [url], { part: 'train' })
  await page.evaluate(add, unseen)
  expect(await retrained).toBe(25)
  await expect(train.getByText('Something has changed')).toHaveCount(0)
  // It took the place of the head before, so there is nothing to compare.
  await expect(train.getByText('Trained heads')).toHaveCount(0)

  await train.getByRole('switch', { name: 'Train by itself' }).uncheck()
  await page.evaluate(() => window.cutpoint.setPreprocessing({}))
  await expect(train.getByText('Something has changed')).toBeHidden()
  await page.evaluate(() => window.cutpoint.setPreprocessing({ range: '0to1' }))
  await expect(train.getByText('Something has changed')).toBeVisible()
})

test('with its photos gone a head is out of date and its report goes, until they are back', async ({ page }) => {
  await openWithPhotos(page, 4)
  await page.evaluate(() => window.cutpoint.train())
  const train = page.locator(station)
  await expect(train.getByTestId('report')).toBeVisible()
  await page.getByRole('button', { name: 'Sort side by side' }).click()
  const room = page.getByRole('dialog', { name: 'Photo room' })
  const lists = room.getByRole('listbox')
  await expect(lists).toHaveCount(3)
  for (let left = 3; left > 0; left--) {
    await lists.first().focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await expect(lists).toHaveCount(left - 1)
  }
  await page.keyboard.press('Escape')
  await expect(train.getByTestId('report')).toHaveCount(0)
  await expect(train.getByText('The photos this head was trained on are gone.')).toBeVisible()
  await expect(train.getByText(/\d %/)).toHaveCount(0)
  for (let undone = 0; undone < 3; undone++) await page.keyboard.press('Control+z')
  await expect(train.getByTestId('report')).toBeVisible()
  await expect(train.getByText('Something has changed')).toHaveCount(0)
})

test('with few photos and none held out, each is evaluated by a head of all others', async ({ page }) => {
  await openWithPhotos(page, 4)
  const report = await page.evaluate(() => window.cutpoint.train())
  expect(report.images).toEqual({ train: 12, validation: 0, test: 0 })
  expect(report.accuracy.train).toBe(1)
  expect(report.leaveOneOut?.evaluated.map(({ image }) => image)).toEqual(report.evaluated.map(({ image }) => image))
  // Harder than what it was trained on.
  expect(report.leaveOneOut?.accuracy).toBeLessThan(1)
  expect(report.warnings.join()).not.toContain('No photos were held out')
})
