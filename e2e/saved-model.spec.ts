import { expect, test, type Page } from '@playwright/test'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js'
import { dropPaths } from './support/drop'
import { untilOpen } from './support/network'
import { openPage } from './support/page'

const fixture = resolve('src/formats/saved-model/fixtures/keras3')

interface Value {
  readonly shape: number[]
  readonly dtype: string
  readonly data: number[]
}
const expected = JSON.parse(readFileSync(join(fixture, 'expected.json'), 'utf8')) as {
  readonly inputs: { readonly images: Value }
  readonly tensors: Readonly<Record<string, Value>>
}

const start = (page: Page) => page.getByRole('region', { name: 'Open a model' })

test.beforeEach(async ({ page }) => openPage(page))

test('a SavedModel by its folder: variables from the checkpoint, values as TensorFlow’s', async ({ page }) => {
  await dropPaths(page, start(page), [fixture])
  await expectAsTensorFlow(page)
})

test('a SavedModel in a zip', async ({ page }, info) => {
  const zip = info.outputPath('saved.zip')
  await writeZip(zip, fixture)
  await dropPaths(page, start(page), [zip])
  await expectAsTensorFlow(page)
})

test('a SavedModel without its variables is refused in words', async ({ page }) => {
  await dropPaths(page, start(page), [join(fixture, 'saved_model.pb')])
  const notice = page.locator('[data-code]')
  await expect(notice).toBeVisible()
  await expect(notice).toContainText('variables')
  expect(await notice.getAttribute('data-code')).not.toBe('internal')
})

async function expectAsTensorFlow(page: Page): Promise<void> {
  await untilOpen(page)
  await expect(
    page.getByRole('region', { name: 'Graph', exact: true }).locator('.react-flow__node').first(),
  ).toBeVisible()
  for (const optimise of [true, false]) {
    const found = await page.evaluate(
      async ({ images, fetches, fast }) => {
        const [input] = (await window.cutpoint.tensors()).filter(({ op }) => op === 'Placeholder')
        const feeds = { [input.name]: { ...images, data: Float32Array.from(images.data) } }
        const results = await window.cutpoint.run(feeds, fetches, { optimise: fast })
        return fetches.map((name) => Array.from(results[name].data as Float32Array))
      },
      { images: expected.inputs.images, fetches: Object.keys(expected.tensors), fast: optimise },
    )
    for (const [index, { data }] of Object.values(expected.tensors).entries()) {
      const apart = Math.max(...data.map((value, at) => Math.abs(value - found[index][at])))
      expect(apart / Math.max(...data.map(Math.abs))).toBeLessThanOrEqual(1e-4)
    }
  }
}

async function writeZip(target: string, folder: string): Promise<void> {
  const zip = new ZipWriter(new Uint8ArrayWriter())
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const name = join('saved', relative(folder, path)).replaceAll('\\', '/')
    await zip.add(name, new Uint8ArrayReader(new Uint8Array(readFileSync(path))))
  }
  writeFileSync(target, await zip.close())
}
