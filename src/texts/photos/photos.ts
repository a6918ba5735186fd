/** What the photo room says. */
import { quoted } from '../../marks'
import type { Part } from '../../types'

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

export const photoTexts = {
  title: 'Photos',
  noneYet: 'none yet',
  state: (photos: number, labels: number) => `${photos} in ${count(labels, 'label')}`,
  photos: (n: number) => count(n, 'photo'),
  heldOut: (n: number) => `${n} held out`,

  drop: {
    lead: 'Drop folders of photos:',
    strong: 'each folder becomes a label',
    rest: '. Single photos, zips and a CSV of file and label work too, and so does pasting.',
    folder: 'Folder',
    photos: 'Photos',
    sample: 'Sample pictures',
  },

  taking: 'Taking in the photos',
  opening: 'Opening folders and zips',
  firstLabel: 'Label 1',
  nthLabel: (n: number) => `Label ${n}`,
  pasted: (n: number) => `Pasted picture ${n}`,

  newLabel: {
    name: 'Name of a new label',
    placeholder: 'New label',
    add: 'Add label',
  },

  label: {
    card: (label: string) => `Label ${label}`,
    name: (label: string) => `Name of label ${label}`,
    add: (label: string) => `Add photos to ${label}`,
    menu: (label: string) => `More for ${label}`,
    handle: 'Drag to another place; the menu does it too',
    empty: (label: string) => `Drop photos of ${quoted(label)} here`,
    photosOf: (label: string) => `Photos of ${label}`,
    rename: 'Rename',
    mergeInto: (label: string) => `Merge into ${label}`,
    up: 'Move up',
    down: 'Move down',
    selectAll: 'Select all photos',
    delete: 'Delete label',
    mergeQuestion: (from: string, into: string, photos: number) =>
      `There is a label ${quoted(into)} already. Put ${photos === 0 ? 'the empty label' : `the ${count(photos, 'photo')} of`} ${quoted(from)} into it?`,
    merge: 'Merge them',
    keep: 'Keep both',
  },

  photo: {
    part: {
      train: 'trained on',
      validation: 'held out for validation',
      test: 'held out for the test',
    } satisfies Record<Part, string>,
    pinned: 'pinned there',
    spoken: (name: string, part: string) => `${name}, ${part}`,
  },

  alike: {
    copies: (n: number) => count(n, 'copy', 'copies'),
    copiesHelp: 'The very same file more than once in this label. Click to select all but the first.',
    also: (n: number, label: string) => `${n} also in ${label}`,
    alsoHelp: 'The very same file under two labels: the network cannot tell which is right. Click to select.',
    near: (n: number) => count(n, 'near duplicate'),
    nearHelp: 'They look almost like another photo. Click to select all but the first of each.',
  },

  selection: {
    name: 'Selected photos',
    count: (n: number) => `${n} selected`,
    move: 'Move',
    moveTo: 'Move to',
    newLabel: 'A new label',
    part: 'Part',
    parts: {
      train: 'Always train on',
      validation: 'Always hold out: validation',
      test: 'Always hold out: test',
      automatic: 'Automatic',
    } satisfies Record<Part | 'automatic', string>,
    delete: 'Delete',
    clear: 'Clear the selection',
  },

  room: {
    open: 'Sort side by side',
    title: 'Photo room',
    close: 'Close the photo room',
    help: 'Drag photos from one label to another, or select some and press Move.',
    isOpen: 'The photos are in the photo room.',
  },

  /** What was done, for undo and redo. */
  did: {
    add: (n: number) => `add ${count(n, 'photo')}`,
    delete: (n: number) => `delete ${count(n, 'photo')}`,
    move: (n: number, label: string) => `move ${count(n, 'photo')} to ${label}`,
    pin: (n: number) => `pin ${count(n, 'photo')}`,
    unpin: (n: number) => `let go of ${count(n, 'photo')}`,
    addLabel: (label: string) => `add label ${label}`,
    renameLabel: (label: string) => `rename to ${label}`,
    mergeLabels: (from: string, into: string) => `merge ${from} into ${into}`,
    moveLabel: (label: string) => `move label ${label}`,
    deleteLabel: (label: string) => `delete label ${label}`,
    sample: 'make room for the sample',
  },

  rejected: (files: number, added: number) =>
    `${files === 1 ? 'One file was' : `${files} files were`} not taken in${added > 0 ? `, ${added} were` : ''}.`,
  rejectedText: 'Each with its reason:',
  emptyFolder: 'The folder is empty.',
}
