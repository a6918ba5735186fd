import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { knownOps } from './index'

const source = fileURLToPath(new URL('../..', import.meta.url))

/** Lists of so many operations are facts about them, which belong into their entries. */
const many = 8

/**
 * What has such lists for a reason of its own: tables that are made from TensorFlow's registry, or keyed by kernel, by case or
 * by Keras' names; what of TensorFlow.js' slopes is right; what is said on screen; and the grammar of single algorithms, which tells what may stand where.
 */
const apart = [
  /^(graph|compute|compute\/tail)\/ops\//,
  /^graph\/op-tables\/output-names\.ts$/,
  /^formats\/(graphdef\/op-defaults\.ts$|keras\/)/,
  /^compute\/(corrections|conformance)\//,
  /^compute\/tail\/tensors\/lacking\.ts$/,
  /^texts\//,
  /^graph\/patterns\//,
  /^graph\/calls\/inline\.ts$/,
]

/** The top-level constants of a file that list operations: by name, how many. */
function listsIn(path: string, known: ReadonlySet<string>): readonly string[] {
  const text = readFileSync(path, 'utf8')
  // Most files name so few that they need not be parsed.
  if (new Set(text.match(/\b_?[A-Z]\w+/g)?.filter((word) => known.has(word))).size < many) return []
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest)
  const constants = file.statements
    .filter(ts.isVariableStatement)
    .flatMap((each) => [...each.declarationList.declarations])
  return constants.flatMap(({ name, initializer }) => {
    const found = new Set<string>()
    const look = (node: ts.Node): void => {
      if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return
      const words = ts.isStringLiteralLike(node) || ts.isIdentifier(node) ? node.text.split(/[\s:]+/) : []
      for (const word of words) if (known.has(word)) found.add(word)
      ts.forEachChild(node, look)
    }
    if (initializer) look(initializer)
    return found.size >= many && ts.isIdentifier(name) ? [`${relative(source, path)}: ${name.text}`] : []
  })
}

it('has its facts in its entry: nowhere else is a table of operations', () => {
  const known = new Set(knownOps())
  const paths = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|(^|\/)(testing|fixtures)\//.test(path))
    .filter((path) => !apart.some((each) => each.test(path)))
  expect(paths.length).toBeGreaterThan(300)
  expect(paths.flatMap((path) => listsIn(join(source, path), known))).toEqual([])
})
