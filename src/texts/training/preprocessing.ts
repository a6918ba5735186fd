/** What is said about how pictures are made ready for the network. */
import type { ChannelOrder, Fit, InputRange } from '../../types'

/** Two decimals for small numbers, none for those of bytes. */
const number = (value: number): string => value.toFixed(Math.abs(value) < 20 ? 2 : 0).replace('-', '−')

export const preprocessingTexts = {
  summary: (width: number, height: number, how: string) => `The network sees ${width} × ${height}, ${how}`,
  unknown:
    'The files do not say which numbers this network wants. With the wrong ones it still runs, but sees badly. Look up how it was trained; 0 to 1 and −1 to 1 are the most common.',
  unknownSize:
    'This network takes pictures of any size. Say which: larger ones show it more, and take longer. The size it was trained with is best.',
  use: 'Use these',
  size: { width: 'Width in pixels', height: 'Height in pixels' },
  range: 'Values',
  ranges: {
    minus1to1: '−1 to 1 (MobileNet, Inception)',
    '0to1': '0 to 1',
    '0to255': '0 to 255 (as stored)',
    imagenet: 'ImageNet mean and deviation (PyTorch)',
    caffe: 'ImageNet mean taken off (Caffe, VGG, ResNet)',
  } satisfies Record<InputRange, string>,
  fit: 'Fit',
  fits: {
    crop: 'Crop the middle',
    contain: 'Whole picture, with bars',
    stretch: 'Stretch',
  } satisfies Record<Fit, string>,
  order: 'Channels',
  orders: { rgb: 'Red, green, blue', bgr: 'Blue, green, red' } satisfies Record<ChannelOrder, string>,

  measured: {
    measuring: 'Measuring which numbers it wants',
    how: 'as measured on your photos',
    title: 'Measured on your photos',
    fit: 'Misfit',
    /** What the table says in one sentence. */
    better: (best: string, other: string, times: number) =>
      `${best} fits ${times >= 1000 ? 'over 1,000' : times.toPrecision(2).replace(/e.*/, '')} times better than ${other}.`,
    explained: (photos: number) =>
      `${photos} of your photos went through the first convolution in each range. The misfit says how far what came out is from what the network saw in its own training; 0 is the same.`,
    unclear: 'No range fits clearly better than the others; more photos may tell.',
    against: (said: string) => `The photos do not fit ${said} best, which the model’s files say. They may be wrong.`,
    swapped: ', blue first',
  },

  strip: {
    title: 'What the network sees',
    empty: 'Add photos to see what the network will see of them.',
    tile: (photo: string, label: string) => `${photo}, ${label}`,
    original: 'Your photo',
    seen: 'As it goes in',
    values: (least: number, mean: number, most: number) =>
      `Its numbers go from ${number(least)} to ${number(most)}; on average ${number(mean)}.`,
    others: 'Other photos',
    channels: {
      1: 'The network takes grey pictures: 0.299 of red, 0.587 of green and 0.114 of blue, as Pillow and Keras make them.',
      3: null,
      4: 'The network takes a fourth channel, alpha: see-through parts are laid over white, so it is opaque everywhere.',
    },
  },
} as const
