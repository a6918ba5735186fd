/** What is said about how pictures are made ready for the network. */
import type { ChannelOrder, Fit, InputRange } from '../types'

/** Two decimals for small numbers, none for those of bytes. */
const number = (value: number): string => value.toFixed(Math.abs(value) < 20 ? 2 : 0).replace('-', '−')

export const preprocessingTexts = {
  summary: (width: number, height: number, how: string) => `The network sees ${width} × ${height}, ${how}`,
  unknown:
    'The files do not say which numbers this network wants. With the wrong ones it still runs, but sees badly. Look up how it was trained; −1 to 1 and 0 to 1 are the most common.',
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

  strip: {
    title: 'What the network sees',
    empty: 'Add photos to see what the network will see of them.',
    tile: (photo: string, label: string) => `${photo}, ${label}`,
    original: 'Your photo',
    seen: 'As it goes in',
    values: (least: number, mean: number, most: number) =>
      `Its numbers go from ${number(least)} to ${number(most)}; on average ${number(mean)}.`,
    others: 'Other photos',
  },
} as const
