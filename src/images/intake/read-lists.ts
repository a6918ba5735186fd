/** The lists among dropped files, read against the pictures. */
import { lazyModule } from '../../lazy-module'
import type { ListReading, ListTable, PhotoList } from '../lists/types'
import { compareFolders } from './folders-beside'
import type { IntakeChoices, IntakeList, ListFile } from './types'

const listModule = lazyModule('What reads lists of photos', () => import('../lists'))

/**
 * What each list is about, and what those that are used say of the pictures. A list of labels is used where the user has
 * chosen how, or where folders do not say labels already; a list of parts always.
 *
 * @param pictures their paths, as if archives had been unpacked
 */
export async function readLists(
  files: readonly ListFile[],
  pictures: readonly string[],
  choices: IntakeChoices,
): Promise<IntakeList[]> {
  const own = notOfOnePicture(files, pictures)
  if (own.length === 0) return []
  const { applyReading, examineLists, readTable } = await listModule()
  const tables = await Promise.all(
    own.map(async ({ plainPath, blob }) => readTable(plainPath, new Uint8Array(await blob.arrayBuffer()))),
  )
  const apply = (list: PhotoList, reading: ListReading): IntakeList['result'] =>
    applyReading(tablesOf(list, tables), pictures, reading)
  return examineLists(tables, pictures).map((list): IntakeList => {
    const chosen = choices.lists?.[list.paths[0]]
    if (chosen === null) return { list, reading: null, result: null, folders: null }
    const reading = chosen ?? (list.kind === 'labels' || list.kind === 'parts' ? list.reading : null)
    const result = reading && apply(list, reading)
    const folders = chosen || !result || list.kind === 'parts' ? null : compareFolders(result, pictures)
    return folders === null ? { list, reading, result, folders } : { list, reading: null, result: null, folders }
  })
}

const tablesOf = ({ paths }: PhotoList, tables: readonly ListTable[]): ListTable[] =>
  tables.filter(({ path }) => paths.includes(path))

/** Texts that are called as a picture is are about that one alone, as detection sets have them. */
function notOfOnePicture(files: readonly ListFile[], pictures: readonly string[]): ListFile[] {
  const stems = new Set(pictures.map(stemOf))
  return files.filter(({ plainPath }) => !plainPath.endsWith('.txt') || !stems.has(stemOf(plainPath)))
}

const stemOf = (path: string): string => (path.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '').toLowerCase()
