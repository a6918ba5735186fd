import { expect, test, type Page } from '@playwright/test'
import { cpSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { filesIn, sampleModelFolder } from './support/data'
import { dropPaths } from './support/drop'
import { openPage } from './support/page'

const start = (page: Page) => page.getByRole('region', { name: 'Open a model' })
const graph = (page: Page) => page.getByRole('region', { name: 'Graph', exact: true })

test('opens by folder, by picker and by address', async ({ page }) => {
  await test.step('a folder dropped', async () => {
    await openPage(page)
    await dropPaths(page, start(page), [sampleModelFolder])
    await expect(page.getByRole('banner').getByTitle('efficientnet-lite0')).toBeVisible({ timeout: 30_000 })
  })
  await test.step('files picked, in any order', async () => {
    await openPage(page)
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose files' }).click()
    await (await choosing).setFiles(filesIn(sampleModelFolder).reverse())
    await expect(graph(page).locator('.react-flow__node').first()).toBeVisible({ timeout: 30_000 })
  })
  await test.step('an address typed in', async () => {
    await openPage(page)
    await page.getByLabel('Address of a model file or a zip').fill('models/efficientnet-lite0/model.json')
    await page.getByRole('button', { name: 'Open address' }).click()
    await expect(graph(page).locator('.react-flow__node').first()).toBeVisible({ timeout: 30_000 })
  })
  await test.step('an address in the address', async () => {
    await page.goto('about:blank')
    await openPage(page, './#model=models/efficientnet-lite0/model.json')
    await expect(graph(page).locator('.react-flow__node').first()).toBeVisible({ timeout: 30_000 })
  })
})

test('of several models in a folder the user chooses one, by keyboard too, or none', async ({ page }, info) => {
  const folder = info.outputPath('several')
  const fixture = (name: string): string => `src/formats/fixtures/${name}`
  for (const name of ['cnn-float16', 'cnn-float32']) cpSync(fixture(name), join(folder, name), { recursive: true })
  const question = page.getByRole('dialog', { name: 'There are 2 models in here' })
  const names = question.getByRole('listitem').locator('strong')
  await openPage(page)
  await dropPaths(page, start(page), [folder])
  await expect(names).toHaveText(['several/cnn-float16/model.json', 'several/cnn-float32/model.json'])
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(start(page)).toBeVisible()

  await dropPaths(page, start(page), [folder])
  await expect(question.getByRole('button', { name: /cnn-float16/ })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(question).toBeHidden()
  await expect(page.getByRole('banner').getByTitle('cnn-float32')).toBeVisible({ timeout: 30_000 })
})

test('bad input says what to do and leaves what was open untouched', async ({ page }, info) => {
  const broken = (name: string, change: (folder: string) => void): string => {
    const folder = info.outputPath(name)
    mkdirSync(folder, { recursive: true })
    for (const file of filesIn(sampleModelFolder)) cpSync(file, join(folder, basename(file)))
    change(folder)
    return folder
  }
  const shards = filesIn(sampleModelFolder)
    .map((file) => basename(file))
    .filter((name) => name.endsWith('.bin'))
  const editJson = (folder: string, edit: (text: string) => string): void => {
    const file = join(folder, 'model.json')
    writeFileSync(file, edit(readFileSync(file, 'utf8')))
  }
  const only = (name: string, file: string, text: string): string => {
    const path = info.outputPath(name)
    mkdirSync(path, { recursive: true })
    writeFileSync(join(path, file), text)
    return path
  }
  const cases = [
    { code: 'not-a-model', paths: [only('text', 'notes.json', '{"hello": "world"}')] },
    { code: 'bad-json', paths: [broken('json', (folder) => editJson(folder, (text) => text.slice(0, 5000)))] },
    {
      code: 'missing-shards',
      paths: filesIn(sampleModelFolder).filter((file) => !file.endsWith(shards[1])),
      says: shards[1],
    },
    { code: 'shard-size', paths: [broken('short', (folder) => truncateSync(join(folder, shards[0]), 1000))] },
    {
      code: 'unknown-dtype',
      paths: [
        broken('dtype', (folder) =>
          editJson(folder, (text) => text.replaceAll(/"dtype":\s*"float32"/g, '"dtype":"float13"')),
        ),
      ],
    },
  ]

  await openPage(page, './#model=models/efficientnet-lite0/model.json')
  await expect(graph(page).locator('.react-flow__node').first()).toBeVisible({ timeout: 30_000 })
  await page.evaluate(async () =>
    window.cutpoint.cut((await window.cutpoint.tensors()).find((tensor) => tensor.recommended)?.name ?? ''),
  )
  const card = await page.getByTestId('cut-card').innerText()
  for (const { code, paths, says } of cases) {
    await test.step(code, async () => {
      await dropPaths(page, graph(page), paths)
      const notice = page.locator(`[data-code="${code}"]`)
      await expect(notice).toBeVisible({ timeout: 20_000 })
      if (says) await expect(notice).toContainText(says)
      await notice.getByRole('button', { name: 'Put away' }).click()
      await expect(page.getByTestId('cut-card')).toHaveText(card)
    })
  }
})

test('a tensor that is not there is refused with the nearest that are', async ({ page }) => {
  await openPage(page, './#model=models/efficientnet-lite0/model.json')
  await expect(graph(page).locator('.react-flow__node').first()).toBeVisible({ timeout: 30_000 })
  const refused = await page.evaluate(async () => {
    const { suggestedCut } = await window.cutpoint.open('models/efficientnet-lite0/model.json')
    const misspelt = (suggestedCut ?? '').replace('Mean', 'Maen')
    try {
      await window.cutpoint.cut(misspelt)
      return null
    } catch (error) {
      const { code, details } = error as Error & { code: string; details: { nearest: string[] } }
      return { code, nearest: details.nearest, suggestedCut }
    }
  })
  expect(refused?.code).toBe('no-such-tensor')
  expect(refused?.nearest).toContain(refused?.suggestedCut)
})

test('an address that does not answer, and one that does not allow other sites, are told apart', async ({ page }) => {
  // A site of its own, which answers but allows no other site to read it.
  const server = createServer((_, response) => response.setHeader('content-type', 'application/json').end('{}'))
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const { port } = server.address() as AddressInfo
  await openPage(page)
  const codes = await page.evaluate(
    async (urls) => {
      const found = []
      for (const url of urls) {
        const error: unknown = await window.cutpoint.open(url).catch((reason: unknown) => reason)
        found.push((error as { code: string }).code)
      }
      return found
    },
    ['models/nothing-here/model.json', 'http://localhost:9/model.json', `http://localhost:${port}/model.json`],
  )
  server.close()
  expect(codes).toEqual(['url-status', 'url-unreachable', 'url-blocked'])
})
