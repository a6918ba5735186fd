import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { initialState } from './state'

const page = readFileSync('docs/state.md', 'utf8')

/** Rows of a table by what stands in their first column in code. */
const rowsUnder = (heading: string): { name: string; owner: string; why: string }[] => {
  const [, part = ''] = page.split(`\n## ${heading}`)
  const [table = ''] = part.split('\n## ')
  return [...table.matchAll(/^\| `([\w.]+)` \| `([^`]+)` \| (.+) \|$/gm)].map(([, name, owner, why]) => ({
    name,
    owner,
    why,
  }))
}

/** Fields that are looked at one by one, as they have owners or reasons of their own. */
const inParts = ['view', 'undoSteps', 'backend', 'keeping'] as const

const fields = Object.entries(initialState).flatMap(([field, value]) =>
  inParts.some((each) => each === field) ? Object.keys(value as object).map((part) => `${field}.${part}`) : [field],
)

test('every field of the state has an owner and a reason in docs/state.md, and nothing else has', () => {
  expect(rowsUnder('The state').map(({ name }) => name)).toEqual(fields)
})

test('so has every store beside it', () => {
  const stores = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
    .flatMap((file) => {
      const made = readFileSync(`src/${file}`, 'utf8').matchAll(/^export const (use\w+) = create</gm)
      return [...made].map(([, name]) => `${name} ${file.replaceAll('\\', '/')}`)
    })
    .filter((each) => !each.startsWith('useStore '))
  const listed = rowsUnder('Beside it').map(({ name, owner }) => `${name} ${owner}`)
  expect(listed.toSorted()).toEqual(stores.toSorted())
})

test('the owners are there', () => {
  for (const { owner, why } of [...rowsUnder('The state'), ...rowsUnder('Beside it')]) {
    expect([owner, existsSync(`src/${owner}`)]).toEqual([owner, true])
    expect(why).not.toBe('')
  }
})
