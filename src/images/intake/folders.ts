/** The folders above each picture, and what their names are good for. */
import { partOfWord } from '../lists/names'
import type { Part } from '../../types'
import type { ListedPicture } from './types'

/**
 * Names of the folders above each picture, from the top. A zip stands for a folder of its name where pictures lie at its
 * top and nothing else names them: `cats.zip` and `dogs.zip` of one folder, or a zip that lies in none.
 */
export function foldersOf(pictures: readonly ListedPicture[]): string[][] {
  const named = zipsThatName(pictures)
  return pictures.map(({ plainPath, archive }) => {
    const folders = plainPath.split('/').slice(0, -1)
    if (archive === null || !named.has(archive)) return folders
    const above = folderOf(archive).length
    const name = stemOf(archive)
    const inside = folders.slice(above)
    return inside[0]?.toLowerCase() === name.toLowerCase() ? folders : [...folders.slice(0, above), name, ...inside]
  })
}

/** Zips whose names say something of what is in them. */
function zipsThatName(pictures: readonly ListedPicture[]): ReadonlySet<string> {
  const zips = new Map<string, { top: number; below: number }>()
  for (const { plainPath, archive } of pictures) {
    if (archive === null) continue
    const counts = zips.get(archive) ?? { top: 0, below: 0 }
    if (plainPath.split('/').length - 1 > folderOf(archive).length) counts.below++
    else counts.top++
    zips.set(archive, counts)
  }
  const all = [...zips.keys()]
  const parts = all.length > 1 && all.every((zip) => partOfFolder(stemOf(zip)) !== null)
  const oneFolder = new Set(all.map((zip) => folderOf(zip).join('/'))).size === 1
  const nested = all.some((zip) => folderOf(zip).length > 0)
  const several = all.length > 1 && oneFolder && [...zips.values()].some(({ top }) => top > 0)
  if (parts || several) return new Set(all)
  return new Set(nested ? [] : all.filter((zip) => zips.get(zip)?.below === 0))
}

const folderOf = (path: string): string[] => path.split('/').slice(0, -1)

/** `cats.zip` is called `cats`. */
const stemOf = (path: string): string =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.zip$/i, '')
    .trim()

/** The part that a folder's name stands for: `Train`, `val`, `test_set`, `valid2017`; else null. */
export const partOfFolder = (name: string): Part | null =>
  partOfWord(name.trim().replace(/[ _-]?(?:set|data|dataset|images|imgs|photos)?[ _-]?\d{0,4}$/i, ''))

/**
 * What the names of one level are like:
 * - `names`: they may be labels
 * - `numbers`: `001`, `batch 2`, `camera_1`; labels only where nothing better is there (digits, traffic signs)
 * - `aside`: dates, `images`, `raw`, `100CANON`, `train`: labels never, unless there is nothing else
 */
export type KindOfNames = 'names' | 'numbers' | 'aside'

/** The kind of the names of the folders that stand side by side on one level. */
export function kindOfNames(names: readonly string[]): KindOfNames {
  if (names.every(isAside)) return 'aside'
  const stems = new Set(names.map((name) => /^(.*?)[ _-]?\(?\d+\)?$/u.exec(name.trim())?.[1].toLowerCase() ?? null))
  const [stem] = stems
  // A single `cat 2` may well be a label; several of one word and a number are counted through.
  return stems.size === 1 && stem !== null && (stem === '' || names.length > 1) ? 'numbers' : 'names'
}

const isAside = (name: string): boolean => {
  const bare = name.trim()
  return isDate(bare) || cameraFolder.test(bare) || generic.test(bare) || partOfFolder(bare) !== null
}

const cameraFolder = /^(?:dcim|camera|camera ?roll|\d{3}[a-z_]{3,5}\d{0,2}|cam(?:era)?[ _-]?\d+)$/i

const generic =
  /^(?:(?:jpe?g|png|rgb|raw|colou?r|all|original|new|my)?[ _-]?(?:images?|imgs?|photos?|pictures?|pics|frames|crops)|raw|jpe?gs?|pngs?|originals?|resized|cropped|crops|data|dataset|data ?set|files|misc|(?:new|untitled) folder)(?:[ _-]?\(?\d{1,4}\)?)?$/i

const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'
const year = '(?:19|20)\\d\\d'
const dates = [
  `${year}(?:[-_. ]?(?:0?[1-9]|1[0-2])(?:[-_. ]?[0-3]?\\d)?)?(?:[-_ T].*\\d)?`,
  `[0-3]?\\d[-_. ][01]?\\d[-_. ](?:${year}|\\d\\d)`,
  `(?:[0-3]?\\d[-_. ])?(?:${months})[-_., ]*(?:${year})`,
  `${year}[-_ ](?:${months})(?:[-_ ][0-3]?\\d)?`,
].map((pattern) => new RegExp(`^${pattern}$`, 'i'))

const isDate = (name: string): boolean => dates.some((pattern) => pattern.test(name))
