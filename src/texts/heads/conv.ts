import { denseTexts } from './dense'

const listed = (filters: number | readonly number[]): string => [filters].flat().join(' · ')

/** Texts of heads of convolutions. */
export const convTexts = {
  name: 'Convolutional',
  help: 'Looks for new patterns in the map before it is averaged. Takes longest; for what is about where things are.',
  title: (filters: number | readonly number[], kernel: number) => `Conv ${listed(filters)}, ${kernel}×${kernel}`,
  notByItself: 'Convolutions take too long for that: press the button when you are ready.',
  filters: {
    name: 'Patterns (filters)',
    help: 'How many patterns each convolution looks for.',
    says: (filters: number | readonly number[]) => [filters].flat().join(', then '),
  },
  kernel: {
    name: 'Size of a pattern',
    help: 'How many places of the map a pattern is high and wide. Also called kernel.',
    says: (size: number) => `${size} × ${size}`,
  },
  epochs: denseTexts.epochs,
}
