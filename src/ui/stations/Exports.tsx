import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ListedWriter } from '../../formats/writers'
import { exportTexts as texts } from '../../texts/training/export'
import { Button } from '../common/Button'
import { Menu } from '../common/menu/Menu'
import styles from './Station.module.css'

/** What is said of each format. */
interface WriterTexts {
  readonly name: string
  readonly holds: string
}
const textsOf: Readonly<Record<ListedWriter['id'], WriterTexts>> = texts.writers

interface ExportsProps {
  /** The formats that are written. */
  readonly all: readonly ListedWriter[]
  readonly onExport: (writer: ListedWriter) => void
}

/** The graft to take away in each format that is written: one has a button, several have a menu. */
export function Exports({ all, onExport }: ExportsProps): ReactNode {
  const icon = <Download size={16} aria-hidden />
  if (all.length > 1) {
    const items = all.map((writer) => {
      const { name, holds } = textsOf[writer.id]
      return { text: name, hint: holds, run: () => onExport(writer) }
    })
    return (
      <Menu look="plain" icon={icon} items={items}>
        {texts.menu}
      </Menu>
    )
  }
  const [writer] = all
  return (
    <>
      <Button icon={icon} onClick={() => onExport(writer)}>
        {texts.only(writer.ending)}
      </Button>
      <p className={styles.hint}>{textsOf[writer.id].holds}</p>
    </>
  )
}
