import { Table2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { actions } from '../../actions'
import { featuresFormats } from '../../actions/features'
import { perform } from '../../actions/perform'
import { useStore } from '../../store/state/state'
import { exportTexts } from '../../texts/training/export'
import { Menu } from '../common/menu/Menu'

const texts = exportTexts.features

/** The features of all photos to take away; nothing where there are none. */
export function FeaturesMenu(): ReactNode {
  const can = useStore((state) => featuresFormats.some((format) => actions.downloadFeatures.enabled(state, format)))
  if (!can) return null
  const items = featuresFormats.map((format) => ({
    text: texts.formats[format].name,
    hint: texts.formats[format].holds,
    run: () => perform(actions.downloadFeatures, format),
  }))
  return (
    <Menu icon={<Table2 size={16} aria-hidden />} items={items}>
      {texts.menu}
    </Menu>
  )
}
