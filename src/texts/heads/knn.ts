/** Texts of nearest neighbours. */
export const knnTexts = {
  name: 'Nearest neighbours',
  help: 'Asks the most similar photos. Easy to explain.',
  title: (k: number) => (k === 1 ? '1 nearest neighbour' : `${k} nearest neighbours`),
  k: {
    name: 'Neighbours that vote (k)',
    help: 'With one, a single odd photo decides; with many, small labels lose.',
  },
}
