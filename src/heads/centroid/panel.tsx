import { centroidTexts as texts } from '../../texts/heads/centroid'
import type { HeadPanel } from '../../ui/heads/types'
import type { CentroidOptions } from './spec'

/** Nearest averages on screen. */
export const centroidPanel: HeadPanel<CentroidOptions> = {
  name: texts.name,
  help: texts.help,
  notByItself: null,
  Fields: null,
  MoreFields: null,
}
