/** Texts of taking the graft away. */
export const exportTexts = {
  /** The button, where there is one format. */
  only: (ending: string) => `Export trunk and head (${ending})`,
  /** The menu, where there are several. */
  menu: 'Export trunk and head',
  /** Of heads that keep them. */
  keepsPhotos:
    'This head compares with your photos, so their features are in the file: numbers that describe them, not the photos themselves.',
  /** In the list of everything that can be done. */
  as: (format: string) => `Export trunk and head: ${format}`,
  /** By the name of the writer: what the format is called, and what the file holds. */
  writers: {
    'tfjs-graph': {
      name: 'TensorFlow.js graph model (zip)',
      holds: 'A TensorFlow.js graph model with labels.txt and metadata.json. It opens here again, too.',
    },
  },
  /** What the kept part makes of all photos, for a classifier elsewhere. */
  features: {
    menu: 'Features as a file',
    as: (format: string) => `Features as a file: ${format}`,
    formats: {
      npz: {
        name: 'NumPy (npz)',
        holds: 'What the kept part makes of each photo, with labels, parts and names, as arrays for Python.',
      },
      csv: {
        name: 'table (csv)',
        holds: 'The same as a table: a line for each photo.',
      },
    },
  },
} as const
