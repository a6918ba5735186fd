import { expect, test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sampleModelFolder } from './support/data'
import { openPage } from './support/page'

/** The built-in model with a custom operation in place of two activations. */
function damaged(): { name: string; base64: string }[] {
  const names = ['model.json', 'group1-shard1of3.bin', 'group1-shard2of3.bin', 'group1-shard3of3.bin']
  return names.map((name) => {
    const bytes = readFileSync(join(sampleModelFolder, name))
    if (name !== 'model.json') return { name, base64: bytes.toString('base64') }
    const model = JSON.parse(bytes.toString()) as {
      modelTopology: { node: { name: string; op: string }[] }
    }
    const activations = model.modelTopology.node.filter(({ op }) => op === 'Relu6')
    for (const place of [10, 20]) activations[place].op = 'OwnActivation'
    return { name, base64: Buffer.from(JSON.stringify(model)).toString('base64') }
  })
}

test('operations that cannot run are marked, say what they block, and can be gone to', async ({ page }) => {
  await openPage(page)
  await page.evaluate(async (files) => {
    const made = files.map(({ name, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      return new File([bytes], name)
    })
    await window.cutpoint.open(made)
  }, damaged())
  await expect(page.getByTitle(/operations? inside cannot be run here/).first()).toBeVisible()
  for (const after of [
    /OwnActivation cannot be run here: .*\d+ operations after it cannot be cut\./,
    /OwnActivation/,
  ]) {
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByPlaceholder('What would you like to do?').fill('cannot run')
    await page.keyboard.press('Enter')
    await expect(page.getByText(after).first()).toBeVisible()
  }
  await expect(page.getByTitle('Cannot be run here', { exact: true }).first()).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('marks.png') })
})
