import { expect, test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { endlessHdf5 } from '../src/formats/testing/endless-hdf5'
import { dropPaths } from './support/drop'
import { untilOpen } from './support/network'
import { openPage } from './support/page'

const fixtures = resolve('src/formats/fixtures/keras')

interface Value {
  readonly shape: number[]
  /** float32, base64. */
  readonly data: string
}

/** A model of layers in each file that Keras 2 and 3 write, and what Keras computes from it. */
for (const file of ['classifier2.h5', 'classifier3.h5', 'classifier3.keras', 'sequential3.keras']) {
  test(`${file}, dropped, computes what Keras does, folded into its layers`, async ({ page }) => {
    const name = file.slice(0, file.indexOf('.'))
    const { inputs, outputs } = JSON.parse(readFileSync(join(fixtures, 'expected', `${name}.json`), 'utf8')) as {
      readonly inputs: readonly Value[]
      readonly outputs: readonly Value[]
    }
    await openPage(page)
    await dropPaths(page, page.getByRole('region', { name: 'Open a model' }), [join(fixtures, file)])
    await untilOpen(page)
    const graph = page.getByRole('region', { name: 'Graph', exact: true })
    await expect(graph.locator('.react-flow__node').first()).toBeVisible()

    for (const optimise of [true, false]) {
      const found = await page.evaluate(
        async ({ given, wanted, fast }) => {
          const floats = (text: string): Float32Array =>
            new Float32Array(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer)
          const tensors = (await window.cutpoint.tensors()).filter(({ op }) => op === 'Placeholder')
          const feeds = Object.fromEntries(
            given.map(({ shape, data }, index) => [
              tensors[index].name,
              { shape, dtype: 'float32', data: floats(data) },
            ]),
          )
          const all = await window.cutpoint.run(feeds, window.opened, { optimise: fast })
          return wanted.map(({ data }, index) => {
            const right = floats(data)
            const ours = all[window.opened[index]].data as Float32Array
            const apart = right.map((value, at) => Math.abs(value - ours[at]))
            return Math.max(...apart) / Math.max(...right.map(Math.abs))
          })
        },
        { given: inputs, wanted: outputs, fast: optimise },
      )
      expect(found).toHaveLength(outputs.length)
      expect(Math.max(...found)).toBeLessThanOrEqual(1e-4)
    }
  })
}

test('a damaged .h5 that would be read for ever is refused, and the next file opens', async ({ page }) => {
  const bytes = readFileSync(join(fixtures, 'sequential2.h5'))
  await openPage(page)
  const open = (given: Uint8Array, name: string): Promise<string> =>
    page.evaluate(
      async ({ data, path }) => {
        const file = new File([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))], path)
        return await window.cutpoint.open([file]).then(
          () => 'opened',
          (error: unknown) => (error as { code: string }).code,
        )
      },
      { data: Buffer.from(given).toString('base64'), path: name },
    )
  // Loads the library.
  expect(await open(bytes, 'good.h5')).toBe('opened')
  expect(await open(endlessHdf5(bytes), 'endless.h5')).toBe('bad-hdf5')
  expect(await open(bytes, 'again.h5')).toBe('opened')
})

declare global {
  interface Window {
    /** Outputs of the model that was opened last. */
    opened: string[]
  }
}

test.beforeEach(({ page }) =>
  page.addInitScript(() => {
    const listen = (): void => {
      window.cutpoint.on('model', (summary) => {
        window.opened = (summary as { outputs: { name: string }[] }).outputs.map(({ name }) => name)
      })
    }
    document.addEventListener('DOMContentLoaded', listen)
  }),
)
