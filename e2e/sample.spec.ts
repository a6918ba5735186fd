import { expect, test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { openPage } from './support/page'

test('one click on the sample: opened, cut, trained and tried', async ({ page }) => {
  await openPage(page)
  await page.getByRole('button', { name: 'Try the built-in sample' }).click()

  await expect(page.getByTestId('cut-card')).toContainText(':0')
  const report = page.getByTestId('report')
  await expect(report).toBeVisible({ timeout: 90_000 })
  await expect(report).toContainText(/right: \d+ of \d+ photos held out/)
  await expect(page.getByLabel('Photos tried').locator('img')).toHaveCount(3)

  const { accuracy, labels } = await page.evaluate(async () => {
    const index = (await (await fetch('samples/index.json')).json()) as { tryOut: { file: string; label: string }[] }
    const guesses = []
    for (const { file, label } of index.tryOut) {
      const [best] = await window.cutpoint.predict(new URL(`samples/${file}`, document.baseURI).href)
      guesses.push(best.label === label)
    }
    return { accuracy: guesses.filter(Boolean).length / guesses.length, labels: await window.cutpoint.labels() }
  })
  // Pictures it was never shown, by drawings it was never shown: by chance a third of them would be right.
  expect(accuracy).toBeGreaterThanOrEqual(0.75)
  expect(labels.length).toBeGreaterThanOrEqual(3)
  for (const label of labels) expect(label.images).toBeGreaterThanOrEqual(20)
})

test('the README’s example does the main job', async ({ page }) => {
  const blocks = [...readFileSync('README.md', 'utf8').matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code)
  const example = blocks.find((code) => code.includes('cutpoint.train')) ?? ''
  expect(example.trim().split('\n').length).toBeLessThanOrEqual(12)
  await openPage(page)
  const done = await page.evaluate(
    `(async () => { ${example}; return { accuracy: report.accuracy.train, zip: zip.size } })()`,
  )
  expect(done).toMatchObject({ accuracy: 1 })
  expect((done as { zip: number }).zip).toBeGreaterThan(1_000_000)
})
