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
} as const
