/** What headings and names of lists hint at. */
import type { Part } from '../../types'

/** A heading without case, spaces and signs: `Class_ID`, `ClassId` and `class id` are one. */
const bare = (heading: string): string => heading.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

const fileNames: ReadonlySet<string> = new Set(
  'file files filename filepath image images img imageid imagename imagepath imagefilename imagefile picture photo photoid path name id url uri fname'.split(
    ' ',
  ),
)

const labelNames: ReadonlySet<string> = new Set(
  'label labels labelname labelid class classes classid classname category categoryname categoryid target species dx diagnosis breed'.split(
    ' ',
  ),
)

/** Names that labels have among others. */
const perhapsLabelNames: ReadonlySet<string> = new Set(
  'name type kind variety genus family taxon taxonname commonname scientificname group y gt groundtruth annotation tag tags disease finding'.split(
    ' ',
  ),
)

/** Names of what is told of a photo and is not what it shows. */
const otherNames: ReadonlySet<string> = new Set(
  (
    'id index iso isospeed exposure exposuretime shutter shutterspeed aperture fnumber fstop focal focallength camera cameramodel make model lens device flash ' +
    'width height size bytes channels date time datetime timestamp year month day age sex gender lat latitude lon lng longitude altitude gps location site ' +
    'author user photographer license licence source dataset split fold kfold part set usage score confidence probability weight quality ' +
    'x y x1 y1 x2 y2 xmin ymin xmax ymax roix1 roiy1 roix2 roiy2 left top right bottom angle rotation orientation hash md5 sha256 patientid lesionid dxtype'
  ).split(' '),
)

const boxNames: ReadonlySet<string> = new Set('xmin ymin xmax ymax x1 y1 x2 y2 bbox boxes'.split(' '))

/** Whether a heading is usual for names or paths of files. */
export const isFileName = (heading: string): boolean => fileNames.has(bare(heading))
/** Whether a heading is usual for labels. */
export const isLabelName = (heading: string): boolean => labelNames.has(bare(heading))
/** Whether a heading is used for labels, and as often for other things. */
export const isPerhapsLabelName = (heading: string): boolean => perhapsLabelNames.has(bare(heading))
/** Whether a heading is usual for what is no label: sizes, dates, places, camera settings. */
export const isOtherName = (heading: string): boolean => otherNames.has(bare(heading))
/** Whether a heading is usual for the corners of bounding boxes. */
export const isBoxName = (heading: string): boolean => boxNames.has(bare(heading))

/** Whether a list's name says that it is a form to be filled in for a contest. */
export const isSubmissionName = (path: string): boolean => /submi(t|ssion)/i.test(fileOf(path))

const partWords: ReadonlyMap<string, Part> = new Map([
  ['train', 'train'],
  ['training', 'train'],
  ['val', 'validation'],
  ['valid', 'validation'],
  ['validation', 'validation'],
  ['dev', 'validation'],
  ['test', 'test'],
  ['testing', 'test'],
])

/** The part that a word such as `train`, `val` or `TEST` stands for, else null. */
export const partOfWord = (word: string): Part | null => partWords.get(word.trim().toLowerCase()) ?? null

/** The part that a list's own name says: `train.csv`, `labels_val.txt`; null for none or several. */
export function partOfListName(path: string): Part | null {
  const said = new Set(wordsOf(path).flatMap((word) => partOfWord(word) ?? []))
  const [part] = said
  return said.size === 1 ? part : null
}

/** What is left of a list's name without digits and parts: lists of one data set have it in common. */
export const patternOfListName = (path: string): string =>
  wordsOf(path)
    .filter((word) => partOfWord(word) === null)
    .join(' ')

const fileOf = (path: string): string => path.split('/').at(-1) ?? ''

const wordsOf = (path: string): string[] =>
  fileOf(path)
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '')
