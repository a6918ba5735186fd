import { existsSync, readdirSync, statSync } from 'node:fs'
import type { SourceFile } from '../types'
import { diskFile } from './files'

const cases = new URL('../../../../shared/cases/', import.meta.url)
const notOfTheModel = new Set(['README', 'expected.json'])

/** The files of a case beside the repository, as if dropped; null, with a message, where it is not there. */
export function sharedCase(name: string): SourceFile[] | null {
  const url = new URL(name, cases)
  if (!existsSync(url)) {
    process.stderr.write(`skipped: ${name} is not in ../shared/cases\n`)
    return null
  }
  return statSync(url).isDirectory() ? filesIn(new URL(`${name}/`, cases), name) : [diskFile(url, name)]
}

function filesIn(folder: URL, path: string): SourceFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !notOfTheModel.has(entry.name))
    .flatMap((entry) =>
      entry.isDirectory()
        ? filesIn(new URL(`${entry.name}/`, folder), `${path}/${entry.name}`)
        : [diskFile(new URL(entry.name, folder), `${path}/${entry.name}`)],
    )
}
