import { downloadFeatures, hasFeatures } from '../store/training/features'
import { exportTexts } from '../texts/training/export'
import type { FeaturesFormat } from '../types'
import { titled } from './define'

const texts = exportTexts.features

/** Formats of the file, in the order in which they are offered. */
export const featuresFormats = Object.keys(texts.formats) as FeaturesFormat[]

/** The features of the photos, to be used elsewhere. */
export const featuresActions = {
  downloadFeatures: titled<[format: FeaturesFormat]>({
    title: (_, format) => texts.as(texts.formats[format].name),
    enabled: hasFeatures,
    items: (state) =>
      hasFeatures(state)
        ? featuresFormats.map((format) => ({
            group: 'save',
            title: texts.as(texts.formats[format].name),
            words: texts.formats[format].holds,
            run: () => downloadFeatures(format),
          }))
        : [],
    run: downloadFeatures,
  }),
}
