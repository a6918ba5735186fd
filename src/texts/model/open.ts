/** The first page, and the questions that opening a model asks. */
export const openTexts = {
  title: 'Or open your own',
  drop: 'Drop a trained network here, as files, a folder or a zip:',
  kinds: [
    { maker: 'TensorFlow', files: 'frozen .pb or .pbtxt, SavedModel folder, checkpoint with its .meta' },
    { maker: 'Keras', files: '.h5 or .keras' },
    { maker: 'TensorFlow.js', files: 'model.json with its .bin files' },
    { maker: 'Teachable Machine', files: 'the zip it exports' },
  ],
  labels: 'Drop its labels.txt too, if there is one.',
  files: 'Choose files',
  folder: 'Choose a folder',
  address: 'Address of a model file or a zip',
  addressExample: 'https://…/model.json',
  openAddress: 'Open address',
  allTheSame: 'Open it all the same',
  goOnWaiting: 'Go on waiting',
  which: {
    models: (count: number): string => `There are ${count} models in here`,
    parts: (count: number): string => `This model can be run in ${count} ways`,
    text: 'Choose the one to open.',
    leave: 'Open none',
  },
} as const
