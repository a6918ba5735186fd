import { existsSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const source = fileURLToPath(new URL('../..', import.meta.url))

const statement = /^(?:import|export)\s+(?!type\b)([^'"]*?)\s*from\s+'(\.[^']+)'/gm
const dynamic = /\bimport\('(\.[^']+)'\)/g

/** What a file imports when it runs, at once or later: types do not count. */
function importsOf(path: string): readonly string[] {
  const text = readFileSync(path, 'utf8')
  const atOnce = [...text.matchAll(statement)].filter(([, names]) => !onlyTypes(names)).map(([, , module]) => module)
  const later = [...text.matchAll(dynamic)].map(([, module]) => module)
  return [...atOnce, ...later].flatMap((module) => {
    const base = resolve(dirname(path), module)
    return ['.ts', '.tsx', '/index.ts'].map((end) => base + end).find(existsSync) ?? []
  })
}

const onlyTypes = (names: string): boolean =>
  names.startsWith('{') &&
  names
    .slice(1, -1)
    .split(',')
    .every((name) => name.trim() === '' || name.trim().startsWith('type '))

it('the page holds nothing of operations: the view worker tells it what it shows of them', () => {
  const reached = new Set([resolve(source, 'main.tsx')])
  for (const path of reached) for (const next of importsOf(path)) reached.add(next)
  const paths = [...reached].map((path) => relative(source, path))
  expect(paths.length).toBeGreaterThan(200)
  expect(paths).toContain('ui/inspector/NodePanel.tsx')
  expect(paths.filter((path) => path.startsWith('graph/ops/'))).toEqual([])
})
