/** What is said of how dropped files are taken in, and asked before. */
import { quoted } from '../../marks'
import type { Part } from '../../types'

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

const list = new Intl.ListFormat('en', { type: 'conjunction' })

const encodings: Readonly<Record<string, string>> = {
  shift_jis: 'Japanese (Shift_JIS)',
  gbk: 'Chinese, simplified (GBK)',
  big5: 'Chinese, traditional (Big5)',
  'euc-kr': 'Korean (EUC-KR)',
  ibm866: 'Cyrillic (DOS)',
  'windows-1251': 'Cyrillic (Windows)',
  'windows-1252': 'Western European (Windows)',
  cp437: 'Western European (DOS)',
}

const partNames: Readonly<Record<Part, string>> = {
  train: 'to train on',
  validation: 'for validation',
  test: 'for the test',
}

const inParts = (photos: Readonly<Record<Part, number>>): string =>
  list.format(
    (['train', 'validation', 'test'] as const).flatMap((part) =>
      photos[part] > 0 ? [`${photos[part]} ${partNames[part]}`] : [],
    ),
  )

export const intakeTexts = {
  title: 'How are these photos labelled?',
  unsorted: 'Unsorted',

  level: 'Labels are',
  option: (labels: number, examples: readonly string[]) =>
    labels === 1
      ? `all under one label: ${examples[0]}`
      : `${count(labels, 'label')}: ${examples.slice(0, 4).join(', ')}${labels > 4 ? ', …' : ''}`,
  tree: 'Folders',
  photos: (n: number) => count(n, 'photo'),
  isLabel: 'label',
  isPart: 'part',
  more: (n: number) => `and ${count(n, 'more folder')}`,

  parts: (names: readonly string[], photos: Readonly<Record<Part, number>>) =>
    `Keep the parts of the folders ${list.format(names)}: ${inParts(photos)}`,
  loose: (n: number) => `Take in the ${count(n, 'photo')} beside the folders of labels, too`,

  encoding: (archive: string) => `Names in ${archive} are in`,
  encodingName: (encoding: string) => encodings[encoding] ?? encoding,

  boxesTitle: 'This is an object-detection set',
  boxes: (formats: readonly string[], files: number) =>
    `${count(files, 'file')} of it (${list.format(formats)}) say where things are in the pictures. Cutpoint learns what a whole picture is of, ` +
    'not where things are in it. You can take the pictures in under one label and sort them by hand, or drop a list that says what each is of.',

  summary: (photos: number, labels: number) =>
    `${count(photos, 'photo')} in ${count(labels, 'label')} will be taken in.`,
  none: 'No photo will be taken in.',
  take: 'Take them in',
  leave: 'Leave them',

  /** What is said once they are in. */
  said: {
    parts: (names: readonly string[], photos: Readonly<Record<Part, number>>) =>
      `The folders ${list.format(names)} say the parts: ${inParts(photos)}. They are pinned there.`,
    partAlone: (names: readonly string[]) =>
      `${list.format(names)} came without train, so its photos are dealt to all parts like any.`,
    level: (labels: readonly string[]) =>
      `Labels are the folders ${list.format(labels.length > 4 ? [...labels.slice(0, 3), 'others'] : labels)}; other levels of folders are not.`,
    loose: (n: number) => `${count(n, 'photo')} ${n === 1 ? 'lies' : 'lie'} beside the folders of labels.`,
    encoding: (archive: string, encoding: string) =>
      `The names in ${archive} were read as ${encodings[encoding] ?? encoding}.`,
    joined: (label: string, names: readonly string[]) =>
      `${count(names.length, 'folder')} whose names differ only in spaces, in how letters are stored or far at their end are one label: ${quoted(label)}.`,
    apart: (labels: readonly string[]) =>
      `${list.format(labels.map((label) => quoted(label)))} are labels of their own, though only capitals differ.`,
    tools: (folders: readonly string[]) => `What tools keep in ${list.format(folders)} was left out.`,
    annotations: (formats: readonly string[], files: number) =>
      `${count(files, 'file')} with boxes (${list.format(formats)}) ${files === 1 ? 'was' : 'were'} not needed.`,
    change: 'Choose otherwise',
    stayed: (n: number) =>
      `${count(n, 'photo')} that you changed by hand ${n === 1 ? 'stays' : 'stay'} as you put ${n === 1 ? 'it' : 'them'}.`,
  },

  /** In words, for undo. */
  did: 'choose otherwise',
}
