import { expect, test } from '@playwright/test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openPage } from './support/page'

/** Packages that come with those in package.json, and are in the site. */
const brought = [
  'scheduler',
  '@xyflow/system',
  'd3-zoom',
  'd3-selection',
  'seedrandom',
  'workbox-routing',
  'assemblyscript',
]

test('the page links the licences of everything it is made with', async ({ page }) => {
  await openPage(page)
  await page.getByRole('button', { name: 'More about this page' }).click()
  const link = page.getByRole('link', { name: 'Licences' })
  await expect(link).toBeVisible()
  const text = await page.evaluate(
    async (address) => (await fetch(address)).text(),
    (await link.getAttribute('href')) ?? '',
  )
  const sections = [...text.matchAll(/^={80}\n(.+)\n={80}\n\n([^]*?)(?=^={80}\n|$(?![^]))/gm)]
  const named = new Map(sections.map(([, title, body]) => [title.split(' ')[0], body]))
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }
  const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join('src', file), 'utf8'))
    .join('\n')
  const used = Object.keys(dependencies).filter((name) => source.includes(`'${name}`))
  expect(used.length).toBeGreaterThan(15)
  expect([...used, ...brought].filter((name) => !named.has(name))).toEqual([])
  for (const [name, body] of named) expect(body.length, name).toBeGreaterThan(400)
  expect(named.get('h5wasm')).toContain('The HDF Group')
  expect(named.get('react')).toContain('Permission is hereby granted')
  expect(named.get('@bufbuild/protobuf')).toContain('Redistribution and use in source and binary forms')
  expect(text).toContain('The sample pictures')
  // What only helps to build is not shipped.
  expect([...named.keys()].filter((name) => ['vite', 'typescript', 'eslint'].includes(name))).toEqual([])
})
