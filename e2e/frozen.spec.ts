import { expect, test, type Page } from '@playwright/test'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesIn, noShared, shared } from './support/data'
import { dropPaths } from './support/drop'
import { openPage } from './support/page'

const folder = join(shared, 'models/mobilenet_v1_0.25_128')
const files = [join(folder, 'frozen_graph.pb'), join(folder, 'labels.txt')]
const photos = join(shared, 'images/clothing')
const output = 'MobilenetV1/Predictions/Reshape_1:0'
const cut = 'MobilenetV1/Logits/AvgPool_1a/AvgPool:0'

/**
 * The largest probabilities that TensorFlow 2.21 computes from this graph, by class, for three pictures [1, 128, 128, 3]:
 * sin(x / (9 + 4k) + c) · cos(y / (7 + 5k) − k) for k = 0, 1, 2.
 */
const fromTensorFlow: readonly Readonly<Record<number, number>>[] = [
  { 612: 0.0470503, 795: 0.03718368, 600: 0.03519616, 985: 0.02991858, 490: 0.02396629, 886: 0.02256325 },
  { 327: 0.05837987, 311: 0.03157651, 490: 0.02261607, 712: 0.02260198, 645: 0.01945442, 489: 0.01895298 },
  { 327: 0.14850301, 302: 0.03412601, 311: 0.03149099, 985: 0.02552762, 819: 0.02219058, 645: 0.01976989 },
]

/** What TensorFlow names photos of the test set, the middle square drawn at 128 × 128. */
const named: Readonly<Record<string, string>> = {
  'outwear/4b319ef4-36eb-431f-8627-dba90b8b3bed.jpg': 'bulletproof vest',
  'pants/122f0c94-4f37-4010-8c43-06d79bdf4433.jpg': 'jean, blue jean, denim',
  'shoes/132e5fa5-ed38-4293-8dff-20727b6b5ac2.jpg': 'Loafer',
  't-shirt/2cc6e505-1a89-42e0-8177-017118117027.jpg': 'jersey, T-shirt, tee shirt',
}

const graph = (page: Page) => page.getByRole('region', { name: 'Graph', exact: true })

test.beforeEach(async ({ page }) => {
  test.skip(!existsSync(files[0]), noShared)
  await openPage(page)
  await dropPaths(page, page.getByRole('region', { name: 'Open a model' }), files)
  await expect(page.getByRole('banner').getByTitle('frozen_graph')).toBeVisible({ timeout: 30_000 })
})

test('a frozen graph, dropped: batch norms inside their boxes, probabilities and names as TensorFlow’s', async ({
  page,
}) => {
  await test.step('nine operations of a spelled-out batch norm are one box with their convolution', async () => {
    const boxes = graph(page).locator('.react-flow__node')
    const first = boxes.filter({ hasText: 'Conv 3×3, 8, stride 2 · BN · ReLU6' })
    await expect(first).toHaveCount(1)
    await expect(boxes.filter({ hasText: 'Rsqrt' })).toHaveCount(0)
    await first.locator('[title="Unfold"]').click()
    await expect(
      boxes
        .filter({ hasText: 'Rsqrt' })
        .or(boxes.filter({ hasText: 'BatchNorm' }))
        .first(),
    ).toBeVisible()
  })

  await test.step('what it computes, optimised and as it is', async () => {
    for (const optimise of [true, false]) {
      const found = await page.evaluate(
        async ({ tensor, count, fast }) => {
          const all = []
          for (let k = 0; k < count; k++) {
            const data = Float32Array.from({ length: 128 * 128 * 3 }, (_, index) => {
              const [y, x, c] = [Math.floor(index / 384), Math.floor(index / 3) % 128, index % 3]
              return Math.sin(x / (9 + 4 * k) + c) * Math.cos(y / (7 + 5 * k) - k)
            })
            const feeds = { 'input:0': { shape: [1, 128, 128, 3], dtype: 'float32', data } }
            const results = await window.cutpoint.run(feeds, [tensor], { optimise: fast })
            all.push(Array.from(results[tensor].data as Float32Array))
          }
          return all
        },
        { tensor: output, count: fromTensorFlow.length, fast: optimise },
      )
      const worst = fromTensorFlow.map((wanted, picture) => {
        const apart = Object.entries(wanted).map(([name, value]) => Math.abs(found[picture][Number(name)] - value))
        return Math.max(...apart) / Math.max(...Object.values(wanted))
      })
      console.log(`${optimise ? 'optimised' : 'as it is'}: ${worst.map((value) => value.toExponential(1)).join(', ')}`)
      expect(Math.max(...worst)).toBeLessThanOrEqual(1e-4)
    }
  })

  await test.step('what it says of photos', async () => {
    await expect(page.getByText('Until a head is trained, the network’s own classifier answers.')).toBeVisible()
    for (const [index, [photo, name]] of Object.entries(named).entries()) {
      await dropPaths(page, page.getByTestId('try-drop'), [join(photos, 'test', photo)])
      const tried = page.getByLabel('Photos tried').locator('> li')
      await expect(tried).toHaveCount(index + 1)
      await expect(tried.first().locator('ol > li').first()).toContainText(name)
    }
  })
})

test('a frozen graph: cut at its pooling by search, trained on photos, exported, opened again', async ({
  page,
}, info) => {
  await test.step('cut', async () => {
    await page.getByRole('combobox', { name: 'Find in the graph' }).fill('AvgPool_1a/AvgPool')
    await expect(page.getByRole('listbox', { name: 'Found in the graph' }).getByRole('option').first()).toContainText(
      'AvgPool',
    )
    await page.keyboard.press('Enter')
    const tensor = graph(page).locator(`[data-tensor="${cut}"]`)
    await expect(tensor).toBeInViewport()
    await page.keyboard.press('Escape')
    await tensor.click()
    await graph(page)
      .getByRole('group', { name: `Tensor ${cut}` })
      .getByRole('button', { name: 'Cut here' })
      .click()
    await expect(page.getByTestId('cut-card')).toContainText(cut)
  })

  await test.step('photos and training', async () => {
    const folders = ['dress', 'pants', 'shoes'].map((label) => join(photos, 'train', label))
    await dropPaths(page, page.getByTestId('photo-drop'), folders)
    await expect(page.locator('article[aria-label^="Label "]')).toHaveCount(3)
    await page.getByRole('button', { name: 'Train the head' }).click({ timeout: 60_000 })
    await expect(page.getByTestId('report')).toBeVisible({ timeout: 120_000 })
  })

  const unseen = ['dress', 'pants', 'shoes'].flatMap((label) =>
    filesIn(join(photos, 'test', label))
      .slice(0, 4)
      .map((file) => ({ label, url: `data:image/jpeg;base64,${readFileSync(file).toString('base64')}` })),
  )
  const before = await predictAll(page, unseen)
  const right = before.filter((probabilities, index) => {
    const own = probabilities[unseen[index].label]
    return Object.values(probabilities).every((value) => value <= own)
  })
  console.log(`held-out photos named right: ${right.length} of ${unseen.length}`)
  expect(right.length).toBeGreaterThanOrEqual(9)

  await test.step('export, and open it again', async () => {
    const zip = info.outputPath('cutpoint-model.zip')
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: /^Export/ }).click()
    await (await saving).saveAs(zip)
    await dropPaths(page, graph(page), [zip])
    await expect(page.getByRole('banner').getByTitle('cutpoint-model')).toBeVisible({ timeout: 30_000 })
    await expect(page.getByTestId('report')).toHaveCount(0)
    const after = await predictAll(page, unseen)
    const apart = before.flatMap((probabilities, index) =>
      Object.entries(probabilities).map(([label, value]) => Math.abs(value - after[index][label])),
    )
    console.log(`opened again: largest difference of a probability ${Math.max(...apart).toExponential(1)}`)
    expect(Math.max(...apart)).toBeLessThanOrEqual(1e-5)
  })
})

/** Probabilities by label of each photo. */
function predictAll(page: Page, tried: readonly { url: string }[]): Promise<Record<string, number>[]> {
  return page.evaluate(
    async (urls) => {
      const all = []
      for (const url of urls) {
        const said = await window.cutpoint.predict(url)
        all.push(Object.fromEntries(said.map(({ label, probability }) => [label, probability])))
      }
      return all
    },
    tried.map(({ url }) => url),
  )
}
