/** Texts of taking the graft away. */
export const exportTexts = {
  /** The button, where there is one format. */
  only: (ending: string) => `Export trunk and head (${ending})`,
  /** The menu, where there are several. */
  menu: 'Export trunk and head',
  /** By the name of the writer: what the format is called, and what the file holds. */
  writers: {
    'tfjs-graph': {
      name: 'TensorFlow.js graph model (zip)',
      holds: 'A TensorFlow.js graph model with labels.txt and metadata.json. It opens here again, too.',
    },
  },
} as const
