/** What is said of lists that came with photos. */
import { quoted } from '../../marks'
import type { IntakeList } from '../../images/intake/types'
import type { ListColumn, ListKind, PhotoList } from '../../images/lists/types'

const count = (n: number, one: string): string => `${n.toLocaleString('en')} ${n === 1 ? one : `${one}s`}`

/** The file's own name, and how many more are read as one with it. */
const nameOf = ({ paths }: PhotoList): string => {
  const name = paths[0].split('/').at(-1) ?? paths[0]
  return paths.length === 1 ? name : `${name} and ${paths.length - 1} more`
}

const columnName = ({ name }: ListColumn, at: number): string =>
  name === null || name === '' ? `column ${at + 1}` : quoted(name)

/** Why a list is not used. */
const unused: Record<Exclude<ListKind, 'labels' | 'parts' | 'unrelated'>, string> = {
  submission: 'is a form to be filled in, the same for every photo; it is not used.',
  probabilities: 'holds probabilities that somebody’s network gave; it is not used.',
  several: 'gives photos several labels each, and here each has one; it is not used.',
  boxes: 'is of a detection set, with several labelled boxes in a photo; it is not used.',
  unclear: 'names photos, but none of its columns looks like labels; it is not used.',
}

function amount({ labels, photos }: PhotoList): string {
  return `${count(labels.length, 'label')} for ${count(photos, 'photo')}`
}

/** Where a list's labels are, as it is proposed to be read. */
function place({ reading, columns }: PhotoList): string {
  const label = reading?.label
  if (label?.kind === 'one-hot') return `the headings of ${label.columns.length} columns`
  return label ? columnName(columns[label.column], label.column) : ''
}

/** One sentence or two about a list: what it was taken for, and what it does. */
function said({ list, reading, folders }: IntakeList): string {
  const name = nameOf(list)
  if (folders === 'same') return `${name} says the same as your folders, under other names; the folders stand.`
  if (folders === 'other') {
    return `${name} names labels, too: ${amount(list)} in ${place(list)}. Your folders stand, unless you choose the list.`
  }
  if (reading?.label) {
    if (reading !== list.reading && JSON.stringify(reading) !== JSON.stringify(list.reading)) {
      const { label } = reading
      const where = label.kind === 'column' ? columnName(list.columns[label.column], label.column) : place(list)
      return `Labels come from ${where} in ${name}, as you chose.`
    }
    const unsure = list.confidence === 'guess' ? ' Other columns come as near; have a look.' : ''
    return `Labels come from ${place(list)} in ${name}: ${amount(list)}.${unsure}`
  }
  if (reading) return `${name} says which photos are trained on and which are held out.`
  if (list.kind === 'labels' || list.kind === 'parts' || list.kind === 'unrelated') return `${name} is left out.`
  return `${name} ${unused[list.kind]}`
}

export const listTexts = {
  region: 'Lists that came with the photos',
  said,
  columns: 'Columns…',
  ask: {
    title: (list: PhotoList) => `What ${nameOf(list)} says`,
    text: (list: PhotoList) =>
      `${count(list.rows, 'row')}; ${count(list.photos, 'photo')} named. Choose the column that says what is in each photo.`,
    labels: 'The label is in',
    labelsOf: (list: PhotoList) => `In ${nameOf(list)}, the label is in`,
    partsAlone: 'none of them: it says parts alone',
    column: columnName,
    counts: ({ distinct, examples }: ListColumn) =>
      `${count(distinct, 'different value')}: ${examples.join(', ')}${distinct > examples.length ? ', …' : ''}`,
    oneHot: (columns: number) => `the headings of ${columns} columns, of which each row marks one`,
    leave: 'none of them: leave the list out',
    file: 'Photos are named in',
    fileColumn: (column: ListColumn, at: number) => `${columnName(column, at)} (${count(column.photos, 'photo')})`,
    part: 'Parts (train, validation, test) are in',
    noPart: 'none',
    names: 'the names of the lists',
    use: 'Use it so',
    cancel: 'Cancel',
  },
  did: (list: PhotoList) => `read ${nameOf(list)} another way`,
} as const
