import { expect, test, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { seriousProblems } from './support/accessibility'
import { openPage } from './support/page'
import { addMadePhotos, comeBack, look, withProfile } from './support/visits'

const folder = resolve('src/compute/fixtures/told')
const name = 'first3.keras'
const expected = (JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8')) as Record<string, number[]>)[name]

/** What the open model makes of the two pictures that tools/fixtures/make_told.py makes. */
const output = (page: Page): Promise<number[]> =>
  page.evaluate(async () => {
    const data = Float32Array.from({ length: 864 }, (_, place) => Math.imul(place, 2654435761) >>> 24)
    const tensors = await window.cutpoint.tensors()
    const [input, last] = [tensors[0].name, tensors.at(-1)?.name ?? '']
    const made = await window.cutpoint.run({ [input]: { shape: [2, 12, 12, 3], dtype: 'float32', data } }, [last])
    return Array.from(made[last].data as Float32Array)
  })

const expectAsInTensorFlow = async (page: Page): Promise<void> => {
  const found = await output(page)
  expect(found).toHaveLength(expected.length)
  found.forEach((value, at) => expect(value).toBeCloseTo(expected[at], 3))
}

test('a Lambda is told what it does, and is still told when one goes on', async () => {
  await withProfile(async (context) => {
    const page = await context.newPage()
    await openPage(page)
    await page.locator('input[type=file][multiple]').first().setInputFiles(`${folder}/${name}`)
    await page.getByRole('button', { name: 'Say what “lambda” does' }).click()
    const panel = page.getByLabel('Selection')
    await expect(panel.getByText(/The file does not say what “lambda” does/)).toBeVisible()
    await panel.getByLabel('Formula', { exact: true }).fill('x / 127.5 -')
    await panel.getByRole('button', { name: 'Use this' }).click()
    await expect(panel.getByRole('alert')).toHaveText(/It ends where x, a number or \( is expected, at character 12/)
    await page.screenshot({ path: test.info().outputPath('wrong-formula.png') })
    expect(await seriousProblems(page)).toEqual([])

    await panel.getByLabel('Formula', { exact: true }).fill('x / 127.5 - 1')
    await panel.getByRole('button', { name: 'Use this' }).click()
    await expect(panel.getByText('You said that it computes x / 127.5 - 1.')).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('told.png') })
    await expectAsInTensorFlow(page)

    // Undone as a cut is, and told again.
    await panel.getByRole('button', { name: 'Undo: say what “lambda” does' }).click()
    await expect(panel.getByText(/The file does not say what “lambda” does/)).toBeVisible()
    await page.evaluate(() => window.cutpoint.tell('lambda', { does: 'shift', mean: [127.5], deviation: [127.5] }))
    await page.evaluate(() => window.cutpoint.cut('flatten/Reshape'))
    await addMadePhotos(page, 1, 12)
    await page.evaluate(() => window.cutpoint.train())
    const before = await look(page)

    await comeBack(page)
    await expect.poll(() => look(page), { timeout: 30_000 }).toEqual(before)
    await expectAsInTensorFlow(page)
    await page.getByRole('button', { name: '“lambda”: change what it does' }).click()
    await expect(panel.getByText('You said that it subtracts 127.5 and divides by 127.5.')).toBeVisible()
  })
})
